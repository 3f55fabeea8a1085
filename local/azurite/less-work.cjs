'use strict';
// Two things Azurite does for every request that an emulator on one machine can do without. Loaded by
// `node --require` before Azurite itself.

const fs = require('fs');

// Each body is synced to the disk, but the table that says where it lies is saved every five seconds only:
// what a power cut takes is lost either way, and a killed process loses nothing that was written.
fs.fdatasync = (descriptor, done) => setImmediate(done, null);

// Every request is compared with the URL templates of some seventy operations, each parsed anew.
const templates = require.resolve('uri-templates');
const parse = require(templates);
const parsed = new Map();
require.cache[templates].exports = text => {
  if (!parsed.has(text)) {
    parsed.set(text, parse(text));
  }
  return parsed.get(text);
};
