/** A part of the code: its files, and the other parts that they may import. */
interface Part {
  name: string;
  files: RegExp;
  mayImport: string[];
}

const FORMATTING = ['format', 'theme', 'glossary'];
const BELOW_LOADING = ['importers', 'files', 'indexes', 'model', 'protocol'];
const BELOW_SERVICE = [
  'loading',
  'index file',
  'compare',
  'analysis',
  'profiles',
  'document',
  ...BELOW_LOADING,
];
const BELOW_VIEWS = ['charts', 'widgets', 'session', 'state', 'protocol', ...FORMATTING];

/**
 * The imports that the architecture allows; the first match counts. A part may always import itself. Tests may import
 * anything that their part may, the test helpers, and anything in `workers`.
 */
const PARTS: Part[] = [
  { name: 'tests', files: /\.test\.tsx?$|\.spec\.ts$|^workers\/testing\//, mayImport: ['*'] },
  { name: 'fuzzing', files: /^workers\/build\/fuzz(-rounds)?\.ts$/, mayImport: ['tests'] },
  {
    name: 'build tools',
    files: /^workers\/build\//,
    mayImport: ['serving', 'service', 'offline', ...BELOW_SERVICE],
  },
  { name: 'protocol', files: /^workers\/protocol\//, mayImport: [] },
  { name: 'model', files: /^workers\/model\//, mayImport: ['protocol'] },
  {
    name: 'door to scattered',
    files: /^workers\/indexes\/scattered\/choose-strategy\.ts$/,
    mayImport: ['scattered', 'indexes', 'model', 'protocol'],
  },
  { name: 'scattered', files: /^workers\/indexes\/scattered\//, mayImport: ['indexes', 'model', 'protocol'] },
  {
    name: 'indexes',
    files: /^workers\/indexes\//,
    mayImport: ['door to scattered', 'model', 'protocol'],
  },
  { name: 'analysis', files: /^workers\/analysis\//, mayImport: ['indexes', 'model', 'protocol'] },
  {
    name: 'compare',
    files: /^workers\/compare\//,
    mayImport: ['analysis', 'indexes', 'model', 'protocol'],
  },
  { name: 'document', files: /^workers\/document\//, mayImport: ['protocol'] },
  { name: 'files', files: /^workers\/files\//, mayImport: ['model', 'protocol'] },
  { name: 'importers', files: /^workers\/importers\//, mayImport: ['files', 'model', 'protocol'] },
  { name: 'profiles', files: /^workers\/profiles\//, mayImport: ['files', 'model', 'protocol'] },
  { name: 'loading', files: /^workers\/loading\//, mayImport: BELOW_LOADING },
  { name: 'index file', files: /^workers\/index-file\//, mayImport: ['loading', ...BELOW_LOADING] },
  { name: 'service', files: /^workers\/service\//, mayImport: BELOW_SERVICE },
  { name: 'offline', files: /^workers\/offline\//, mayImport: ['protocol'] },
  { name: 'serving', files: /^workers\/serving\//, mayImport: ['files', 'protocol'] },
  {
    name: 'command',
    files: /^workers\/(command\/|heapscape\.ts|report(-document|-profile|-retainers)?\.ts)/,
    mayImport: ['serving', 'service', ...BELOW_SERVICE],
  },
  { name: 'worker entry', files: /^workers\/[^/]+\.ts$/, mayImport: ['service', ...BELOW_SERVICE] },
  { name: 'boot', files: /^src\/boot\//, mayImport: ['protocol'] },
  { name: 'format', files: /^src\/format\//, mayImport: ['protocol'] },
  { name: 'glossary', files: /^src\/glossary\.ts$/, mayImport: ['protocol'] },
  { name: 'theme', files: /^src\/theme\//, mayImport: ['protocol'] },
  { name: 'state', files: /^src\/state\//, mayImport: ['protocol', ...FORMATTING] },
  { name: 'session', files: /^src\/session\//, mayImport: ['state', 'protocol', ...FORMATTING] },
  { name: 'widgets', files: /^src\/widgets\//, mayImport: ['protocol', ...FORMATTING] },
  { name: 'charts', files: /^src\/charts\//, mayImport: ['widgets', 'protocol', ...FORMATTING] },
  { name: 'views', files: /^src\/views\//, mayImport: BELOW_VIEWS },
  { name: 'shell', files: /^src\/shell\//, mayImport: ['views', ...BELOW_VIEWS] },
  { name: 'bench', files: /^e2e\/bench\//, mayImport: ['*'] },
  { name: 'end-to-end', files: /^e2e\//, mayImport: ['build tools', 'serving', 'protocol'] },
  { name: 'app', files: /^src\/[^/]+\.tsx?$/, mayImport: ['shell', 'views', ...BELOW_VIEWS] },
];

/** The only link from the page to the worker entries: the session starts them, by their URLs. */
const WORKER_DOOR = { from: /^src\/session\//, to: /^workers\/[a-z-]+\.worker\.ts$/ };

/** Why a file must not import another, or null if it may. Paths are relative to the project. */
export function forbiddenImport(from: string, to: string): string | null {
  if (WORKER_DOOR.from.test(from) && WORKER_DOOR.to.test(to)) return null;
  const importer = PARTS.find(part => part.files.test(from));
  const imported = PARTS.find(part => part.files.test(to));
  if (importer === undefined) return `${from} belongs to no part of the architecture`;
  if (imported === undefined) return `${from} imports ${to}, which belongs to no part of the architecture`;
  if (importer.name === imported.name || importer.mayImport.includes('*')) return null;
  if (importer.mayImport.includes(imported.name)) return null;
  return `${from} imports ${to}: ${importer.name} must not know ${imported.name}`;
}

/** One cycle for each import that closes one, as the files along it; empty if there is none. */
export function importCycles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return cycles;
}

/** The relative imports of a module: static ones, dynamic ones, types, and workers in `new URL(…)`. */
export function relativeImports(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const patterns = [
    /\b(?:import|export)\b[^'";]*?\bfrom\s*['"](\.[^'"]*)['"]/g,
    /\bimport\s*\(?\s*['"](\.[^'"]*)['"]/g,
    /\bnew URL\(\s*['"](\.[^'"]*\.tsx?)['"]\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap(pattern => [...code.matchAll(pattern)].map(match => match[1]!));
}
