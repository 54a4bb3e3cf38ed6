import { beforeAll, describe, expect, it } from 'vitest';
import { SvgSurface } from '../../src/charts/canvas-host/svg-surface.ts';
import { drawFlame } from '../../src/charts/flame/draw.ts';
import { layoutFlame } from '../../src/charts/flame/layout.ts';
import { pathText } from '../../src/charts/retainer-path/path-text.ts';
import { drawTimeline } from '../../src/charts/timeline/draw.ts';
import { layoutTimeline } from '../../src/charts/timeline/layout.ts';
import { seriesColours } from '../../src/charts/timeline/series-colours.ts';
import { summariseGenerations } from '../../src/charts/timeline/summarise.ts';
import { drawTreemap } from '../../src/charts/treemap/draw.ts';
import { layoutTreemap } from '../../src/charts/treemap/layout.ts';
import { summariseTree } from '../../src/charts/treemap/summarise.ts';
import { runtimeText } from '../../src/format/runtime.ts';
import { familyColour, type Palette } from '../../src/theme/palette.ts';
import { rootMeaning } from '../../src/views/inspector/root-meaning.ts';
import { largeObjects } from '../../src/views/overview/findings.ts';
import { IMPORTERS } from '../importers/registry.ts';
import type { AnswerOf, ParamsOf, QuestionName } from '../protocol/questions.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import { USUAL_WORDS } from '../protocol/vocabulary.ts';
import { toyImporter } from '../testing/toy-format.ts';
import { HeapSession } from './heap-session.ts';

const [POINT, LINE, START, NAME, GARBAGE, PROBE] = [0, 1, 2, 3, 4, 5] as const;

const HEAP = `TOY HEAP
{"root":"globals", "objects":[2, 5]}
{"type":"shape", "bytes":16, "name":"Point"}
{"type":"shape", "bytes":24, "name":"Line", "references":[0]}
{"type":"cell", "bytes":32, "class":1, "references":[3, 3], "edges":[{"kind":"weak", "name":"label"}, {"kind":"weak", "name":"label"}], "generation":3, "site":{"file":"main.toy", "line":3}}
{"type":"rope", "bytes":160, "references":[99], "length":17, "text":"start of the line"}
{"type":"cell", "bytes":24, "class":0, "references":[2], "generation":4, "site":{"file":"main.toy", "line":4}}
{"type":"probe", "bytes":16}
`;

const CUT = { maxNodes: 100, minShare: 0 };
const WINDOW = { offset: 0, limit: 100 };

/** Every question; a new one is a compile error until it is added here. */
const QUESTIONS: { [Name in QuestionName]: ParamsOf<Name> } = {
  overview: { top: 10 },
  health: {},
  setSize: {},
  setSizes: { sets: [{ kind: 'filter', text: 'type:cell' }] },
  groups: { ...WINDOW, key: 'class', sort: 'label', descending: false },
  objects: { ...WINDOW, sort: 'address', descending: false },
  dominatorTree: { ...CUT, root: { kind: 'all' } },
  mergedTree: { ...CUT, path: [], overhead: true },
  holderTree: { ...CUT, path: [] },
  groupTree: { ...CUT, keys: ['type', 'class'], overhead: false },
  generations: { key: 'class', measure: 'bytes' },
  stringSummary: { top: 10 },
  duplicateStrings: { ...WINDOW, sort: 'copies', descending: true },
  object: { object: NAME },
  find: { text: '0x4010' },
  rows: { objects: [POINT, START] },
  neighbours: { ...WINDOW, object: START, direction: 'references' },
  neighbourGroups: { ...WINDOW, object: START, direction: 'references' },
  excerpts: { objects: [NAME] },
  mergedPaths: { ...CUT, direction: 'fromRoots', path: [], ignore: [] },
  freedBy: { cut: [{ kind: 'root', root: 'globals' }] },
  edgeNames: { edges: [{ source: LINE, target: POINT }] },
  retainerPath: { object: NAME },
  paths: { object: NAME, count: 3, ignore: [] },
  dominators: { object: NAME },
  sharedOwners: { paths: [['root:globals']], top: 10 },
  shapes: { top: 10 },
  shapeTree: { below: null },
  pages: {},
  pageMap: { ...WINDOW, colour: 'state', order: 'address', slotBytes: null },
  classNeighbours: { ...WINDOW, label: 'cell', direction: 'references' },
  contents: { ...WINDOW, object: NAME },
  leakShare: { object: NAME },
  threads: { limit: 100 },
  findings: { thresholds: {} },
  comparison: { top: 10 },
  matches: { objects: [POINT] },
  growth: { ...WINDOW, key: 'class' },
  fixCheck: { key: 'class', before: [1], after: [2], top: 10 },
  growthSlice: { label: 'cell', top: 3 },
  report: { filter: '-is:unreachable -is:overhead', group: ['class'] },
};

/** A distinct colour for each family, so that a drawing shows which ones it has. */
const COLOURS: Palette['family'] = {
  text: '#100000',
  list: '#200000',
  map: '#300000',
  object: '#400000',
  class: '#500000',
  data: '#600000',
  number: '#700000',
  internal: '#800000',
  mixed: '#900000',
};
const BLACK = '#000000';
const PALETTE: Palette = {
  theme: 'light',
  family: COLOURS,
  age: [BLACK],
  ageUntraced: BLACK,
  growth: [BLACK],
  shrinkage: [BLACK],
  markText: BLACK,
  markTextLight: '#ffffff',
  surface: '#ffffff',
  surfaceRaised: '#ffffff',
  surfaceSunken: '#ffffff',
  surfaceSelected: '#ffffff',
  border: BLACK,
  borderStrong: BLACK,
  text: BLACK,
  textMuted: BLACK,
  accent: BLACK,
  share: BLACK,
  hatch: BLACK,
  chartGrid: BLACK,
  dim: BLACK,
  fontSans: 'sans',
  fontMono: 'mono',
};
const SIZE = { widthPx: 600, heightPx: 400 };
const SCENE = { size: SIZE, palette: PALETTE, measure: (text: string) => text.length * 6 };

describe('a format that is unlike Ruby’s', () => {
  const session = new HeapSession(null, Number.POSITIVE_INFINITY, 1, [...IMPORTERS, toyImporter]);
  let info: SnapshotInfo;

  beforeAll(async () => {
    const outcome = await session.open(new Blob([HEAP]), { loadId: 1, name: 'a.toy' }, () => undefined);
    if (!outcome.ok) throw new Error(outcome.problem.message);
    info = outcome.value;
  });

  const answer = <Name extends QuestionName>(name: Name): Promise<AnswerOf<Name>> =>
    session.ask(name, { snapshot: info.id, set: { kind: 'all' }, ...QUESTIONS[name] } as never);

  it('opens with its own facts', () => {
    expect(info).toMatchObject({ objects: 6, shallowBytes: 272, hasRoots: true, tracedObjects: 2 });
    expect(runtimeText(info)).toBe('Toy 7');
    expect(rootMeaning(info.vocabulary, 'globals').text).toBe('what the program named.');
  });

  it('answers every question', async () => {
    for (const name of Object.keys(QUESTIONS) as QuestionName[]) {
      // Without another dump to compare with, and without pages.
      if (['comparison', 'fixCheck', 'growthSlice', 'matches', 'pages'].includes(name))
        expect(await answer(name)).toBeNull();
      else expect(await answer(name), name).toBeTruthy();
    }
  });

  it('has rows with its own labels, titles and families', async () => {
    const { rows } = await answer('objects');
    expect(rows.map(({ label, title, family, site }) => [label, title, family, site])).toEqual([
      ['shape', 'Point', 'class', null],
      ['shape', 'Line', 'class', null],
      ['Line', '', 'object', 'main.toy:3'],
      ['rope', '[17]', 'text', null],
      ['Point', '', 'object', 'main.toy:4'],
      ['probe', '', 'internal', null],
    ]);
    expect(rows.map(row => row.isNamed)).toEqual([true, true, false, false, false, false]);
    expect(rows.map(row => row.retainedBytes)).toEqual([16, 40, 232, 160, 24, 16]);
    expect(rows[GARBAGE]!.reachable).toBe(false);
  });

  it('has details and texts, read from the file again', async () => {
    const details = await answer('object');
    expect(details).toMatchObject({ text: 'start of the line', raw: HEAP.split('\n')[5], referrers: 1 });
    expect(await answer('excerpts')).toMatchObject([{ text: 'start of the line', shared: false }]);
    const { object } = (await answer('find'))!;
    expect(object).toBe(START);
  });

  it('has an overview with overhead and dangling references', async () => {
    const overview = await answer('overview');
    expect(overview.types.map(({ type, family }) => [type, family])).toEqual([
      ['rope', 'text'],
      ['cell', 'object'],
      ['shape', 'class'],
      ['probe', 'internal'],
    ]);
    expect(info.overheadBytes).toBe(16);
    expect(largeObjects(overview).map(finding => finding.id)).toContain(`large ${START}`);
    const report = await answer('report');
    expect(report).toMatchObject({ format: 'Toy heap', rubyVersion: '7', objects: 4, truncated: false });
    expect(await session.ask('rows', { snapshot: info.id, objects: [PROBE, LINE] })).toHaveLength(2);
  });

  it('has retainer paths', async () => {
    const path = await answer('retainerPath');
    expect(path.root).toBe('globals');
    expect(path.steps.map(({ edge, phrase, name }) => [edge, phrase, name])).toEqual([
      ['root', 'lists', null],
      ['weak', 'points weakly to', 'label'],
    ]);
    expect(pathText(path)).toContain('  label × 2 → rope [17]');
    const [edge] = await answer('edgeNames');
    expect(edge).toMatchObject({ kind: 'reference', noun: 'reference', name: null, multiplicity: 1 });
  });

  it('opens from an index file without its importer, with the same words', async () => {
    const other = new HeapSession();
    const index = await session.index(info.id, 'small');
    const outcome = await other.open(index, { loadId: 1, name: 'a.heapscape' }, () => undefined);
    if (!outcome.ok) throw new Error(outcome.problem.message);
    expect(outcome.value.vocabulary).toEqual(info.vocabulary);
    const { steps } = await other.ask('retainerPath', { snapshot: outcome.value.id, object: NAME });
    expect(steps.map(({ edge, phrase, name }) => [edge, phrase, name])).toEqual([
      ['root', 'lists', null],
      ['weak', 'points weakly to', 'label'],
    ]);
  });

  it('is drawn, in the colours of its families', async () => {
    for (const name of ['dominatorTree', 'mergedTree', 'holderTree', 'groupTree'] as const) {
      const tree = summariseTree(await answer(name));
      const surface = new SvgSurface('sans');
      drawTreemap(surface, SCENE, layoutTreemap(tree, SIZE), { by: 'type', names: USUAL_WORDS.families });
      const svg = surface.toString(SIZE, '#ffffff');
      expect(svg, name).toContain(`fill="${familyColour(PALETTE, 'text')}"`);
      expect(svg, name).toContain('rope');
      drawFlame(
        surface,
        SCENE,
        layoutFlame(tree, SIZE),
        (palette, at) => familyColour(palette, tree.nodes[at]!.family),
        null,
      );
    }
  });

  it('has generations, drawn as a timeline', async () => {
    const chart = await answer('generations');
    const timeline = summariseGenerations(chart, 'bytes', 600, 2);
    expect([...chart.generations]).toEqual([3, 4]);
    expect(chart.series.map(({ label, family }) => [label, family])).toContainEqual(['Line', 'object']);
    const colours = seriesColours(PALETTE, 'class', timeline.series);
    const margins = { topPx: 10, rightPx: 10, bottomPx: 20, leftPx: 40, untracedPx: 30 };
    const surface = new SvgSurface('sans');
    const layout = layoutTimeline(timeline, SIZE, margins, 4);
    drawTimeline(surface, SCENE, { layout, stacks: timeline, colours, behind: null });
    expect(surface.toString(SIZE, '#ffffff')).toContain(`fill="${familyColour(PALETTE, 'object')}"`);
  });
});
