'use strict';
// Three things Azurite does that an emulator on one machine can do without. Loaded by `node --require` before
// Azurite itself.

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

// Every five seconds all of a changed table is written anew, which at 100,000 blobs takes most of that time and holds
// up every request. It rests ten times as long as that took; an orderly end saves in any case.
const Loki = require('lokijs');
const REST = 10;
const { serialize, autosaveDirty } = Loki.prototype;
const restsUntil = new WeakMap();
Loki.prototype.serialize = function (...how) {
  const begun = Date.now();
  const text = serialize.apply(this, how);
  restsUntil.set(this, Date.now() + REST * (Date.now() - begun));
  return text;
};
Loki.prototype.autosaveDirty = function () {
  const closing = this.autosaveHandle === null;
  return (closing || Date.now() >= (restsUntil.get(this) ?? 0)) && autosaveDirty.call(this);
};
