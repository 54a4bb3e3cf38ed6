import { expect, test } from 'vitest';
import { open } from '../testing/profiles/read-text.ts';

const line = '-'.repeat(80);

test.each([
  [
    'the output of ms_print',
    `${line}\nCommand:            ./prog\nMassif arguments:   (none)\nms_print arguments: massif.out\n`,
  ],
  [
    'the output of heaptrack_print',
    'reading file "prog.gz" - please wait\n\nMOST CALLS TO ALLOCATION FUNCTIONS\n',
  ],
  [
    'a table that jeprof or pprof printed',
    'Total: 83790369 B\n83223835  99.3%  99.3% 83223835  99.3% malloc\n',
  ],
  [
    'the output of go tool pprof',
    'File: gohp\nType: inuse_space\nShowing nodes accounting for 26760332B, 100% of 26760332B total\n',
  ],
  [
    'a callgrind profile of instructions',
    '# callgrind format\nversion: 1\ncreator: callgrind-3.19.0\nevents: Ir\n',
  ],
  ['what DHAT prints at its end', '==21932== DHAT, a dynamic heap analysis tool\n==21932== Total: 5 bytes\n'],
  ['the memory map of a process', '55798b2ff000-55798b301000 r-xp 00002000 00:00 1234    /usr/bin/prog\n'],
  [
    'a trace of method calls by rbtrace',
    '*** attached to process 24204\nShop.run(n=3)\n  Customer#add <0.000003>\n',
  ],
])('%s is told, with what to open instead', async (what, text) => {
  await expect(open(text)).rejects.toMatchObject({
    problem: { code: 'not-a-dump', looksLike: what, advice: expect.stringMatching(/\w/) },
  });
});
