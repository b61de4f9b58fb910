// Which counters of one source were seen, as ranges that neither overlap nor touch (docs/folds.md section 3).

import { KeyedMap } from "./fold_values.js";

export class CounterSet {
  constructor() {
    this.list = []; // [from, to], ascending
  }

  toState() {
    const ranges = new KeyedMap((a, b) => a - b);
    for (const [from, to] of this.list) ranges.at(from, () => to);
    return { ranges };
  }

  // False where the counter was there.
  insert(counter) {
    // The first range that does not end before the counter; tools count up, so it is mostly the last.
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.list[middle][1] < counter) low = middle + 1;
      else high = middle;
    }
    const here = this.list[low];
    if (here !== undefined && here[0] <= counter) return false;
    const before = low > 0 && this.list[low - 1][1] === counter - 1 ? this.list[low - 1] : undefined;
    const after = here !== undefined && here[0] === counter + 1 ? here : undefined;
    if (before && after) {
      before[1] = after[1];
      this.list.splice(low, 1);
    } else if (before) before[1] = counter;
    else if (after) after[0] = counter;
    else this.list.splice(low, 0, [counter, counter]);
    return true;
  }
}
