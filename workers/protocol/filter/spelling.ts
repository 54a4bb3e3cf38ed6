/** The name that was probably meant, if one is near enough. O(names × length²), for the few names there are. */
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

/** Letters to add, drop or change until one text is the other (Wagner and Fischer, 1974). */
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
