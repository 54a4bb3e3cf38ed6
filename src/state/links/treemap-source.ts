import { isGroupingKey } from '../../../workers/protocol/object-set.ts';
import type { TreeRoot } from '../../../workers/protocol/questions/tree-questions.ts';
import { type TreemapSource, WHOLE_TREEMAP } from '../navigation.ts';
import { isPath } from '../set-codec.ts';
import { type LinkParameters, MAX_PATH, readPath, writePath } from './link-parameters.ts';

/** Maximum number of keys that a treemap groups by. */
const MAX_KEYS = 5;

/** What a treemap is divided by, as link parameters. */
export function writeSource(source: TreemapSource): { by: string; skip: string } {
  return { by: writeDivision(source), skip: String(source.skip ?? 0) };
}

export function readSource(given: LinkParameters): TreemapSource {
  const skip = given.count('skip');
  return { ...readDivision(given.text('by')), ...(skip === null ? {} : { skip }) };
}

/**
 * `merged` and `class,site` with the path drilled into, `merged+overhead`, `holders`, `dominators`,
 * `dominators:object:12`, `dominators:root:vm`.
 */
function writeDivision(source: TreemapSource): string {
  switch (source.by) {
    case 'holders':
      return `holders${writePath(source.path)}`;
    case 'merged':
      return `merged${source.overhead ? '+overhead' : ''}${writePath(source.path)}`;
    case 'groups':
      return `${source.keys.join(',')}${source.overhead ? '+overhead' : ''}${writePath(source.path)}`;
    case 'dominators':
      return `dominators${writeRoot(source.root)}`;
  }
}

function readDivision(text: string): TreemapSource {
  if (text.startsWith('dominators')) {
    return { by: 'dominators', root: readRoot(text.slice('dominators'.length)) };
  }
  const pathAt = text.indexOf('[');
  const head = pathAt < 0 ? text : text.slice(0, pathAt);
  const steps = pathAt < 0 ? '' : text.slice(pathAt);
  if (head === 'merged' || head === 'merged+overhead' || head === 'holders') {
    const branch = readPath(steps, MAX_PATH);
    const path = isPath(branch) ? branch : [];
    return head === 'holders' ? { by: head, path } : { by: 'merged', path, overhead: head !== 'merged' };
  }
  const [list = '', overhead] = head.split('+');
  const keys = list.split(',').filter(isGroupingKey);
  if (keys.length === 0 || keys.length > MAX_KEYS) return WHOLE_TREEMAP;
  const path = readPath(steps, keys.length);
  return { by: 'groups', keys, path, ...(overhead === 'overhead' ? { overhead: true } : {}) };
}

function writeRoot(root: TreeRoot): string {
  switch (root.kind) {
    case 'all':
      return '';
    case 'unreachable':
      return ':unreachable';
    case 'root':
      return `:root:${root.name}`;
    case 'object':
      return `:object:${root.object}`;
  }
}

function readRoot(text: string): TreeRoot {
  const [, kind = '', value = ''] = text.split(/:([a-z]+):?(.*)/s);
  if (kind === 'unreachable') return { kind };
  if (kind === 'root' && value !== '') return { kind, name: value };
  if (kind === 'object' && /^\d{1,10}$/.test(value)) return { kind, object: Number(value) };
  return { kind: 'all' };
}
