/** Parses every line of a dump under Node and keeps nothing: `tsx node-baseline.ts FILE`. */
import { openAsBlob } from 'node:fs';
import { LineParser } from './page/parse-lines.ts';
import { textSlices } from './page/text-slices.ts';

const parser = new LineParser();
for await (const slice of textSlices(await openAsBlob(process.argv[2]!))) parser.take(slice);
parser.end();
process.stdout.write(`${parser.records}\n`);
