'use strict';
// For each page of a listing Azurite sorts all names of the container, twice. A page wants its few
// smallest names only: those are picked out first, and only they are sorted. Loaded by
// `node --require` before Azurite itself.

const { Resultset } = require('lokijs');

/** Below this, sorting costs nothing. */
const FEW = 1_000;

const { sort, offset, limit, data } = Resultset.prototype;

Resultset.prototype.sort = function (compare) {
  if (!this.filterInitialized || this.filteredrows.length <= FEW) {
    return sort.call(this, compare);
  }
  this.order = { compare, skip: 0 };
  return this;
};

Resultset.prototype.offset = function (rows) {
  const rest = offset.call(this, this.order ? 0 : rows);
  if (this.order) {
    rest.order = { compare: this.order.compare, skip: this.order.skip + rows };
  }
  return rest;
};

Resultset.prototype.limit = function (rows) {
  if (!this.order) {
    return limit.call(this, rows);
  }
  const { compare, skip } = this.order;
  const page = limit.call(this, 0);
  const documents = this.collection.data;
  const byName = (one, other) => compare(documents[one], documents[other]);
  page.filteredrows = smallest(this.filteredrows.slice(), skip + rows, byName).slice(skip);
  return page;
};

Resultset.prototype.data = function (options) {
  if (this.order) {
    const { compare, skip } = this.order;
    this.order = undefined;
    sort.call(this, compare);
    this.filteredrows = this.filteredrows.slice(skip);
  }
  return data.call(this, options);
};

/** The smallest of the rows in order; parts the array around ever nearer pivots. */
function smallest(rows, count, compare) {
  let low = 0;
  let high = rows.length - 1;
  while (count < rows.length && low < high) {
    const pivot = rows[(low + high) >> 1];
    let left = low;
    let right = high;
    while (left <= right) {
      while (compare(rows[left], pivot) < 0) left++;
      while (compare(rows[right], pivot) > 0) right--;
      if (left <= right) {
        [rows[left], rows[right]] = [rows[right], rows[left]];
        left++;
        right--;
      }
    }
    if (count - 1 <= right) high = right;
    else if (count - 1 >= left) low = left;
    else break;
  }
  return rows.slice(0, count).sort(compare);
}
