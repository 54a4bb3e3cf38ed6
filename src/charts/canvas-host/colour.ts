/** A share (0 … 1) of the way from one colour to another, both `#rrggbb`. */
export function blend(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map(at => {
    const [start, end] = [from, to].map(colour => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(start! + (end! - start!) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
