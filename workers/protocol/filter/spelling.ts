/** The name that was probably meant; null if none is similar enough. O(names × length²); there are few names. */
export function closest<Name extends string>(written: string, names: readonly Name[]): Name | null {
  let best: Name | null = null;
  let least = Math.min(2, Math.floor(written.length / 2)) + 1;
  for (const name of names) {
    const changes = editDistance(written.toLowerCase(), name);
    if (changes >= least) continue;
    least = changes;
    best = name;
  }
  return best;
}

/** Edit distance: letters to add, drop or change to turn one text into the other (Wagner and Fischer, 1974). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
