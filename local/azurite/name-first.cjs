'use strict';
// Azurite keeps its blobs in LokiJS, which answers {accountName, containerName, name, snapshot} by the
// index of the first key and then walks through everything that key leaves: every blob of the account.
// A name leaves one or two. Loaded by `node --require` before Azurite itself.

const { Resultset } = require('lokijs');

/** The same query with its most telling key in front, where that key asks for one value only. */
function nameFirst(query) {
  if (query === null || typeof query !== 'object' || typeof query.accountName !== 'string') {
    return query;
  }
  for (const key of ['blobName', 'name']) {
    if (typeof query[key] === 'string') {
      return { [key]: query[key], ...query };
    }
  }
  return query;
}

const find = Resultset.prototype.find;
Resultset.prototype.find = function (query, firstOnly) {
  return find.call(this, nameFirst(query), firstOnly);
};
