import { withThousands } from '../protocol/digits.ts';
import type { AccidentalHold, HeldElsewhere, PathPoint } from '../protocol/paths.ts';
import type { ObjectRow } from '../protocol/rows.ts';
import type { Count } from '../protocol/units.ts';

/** The results of merging paths. */
export interface PathFindings {
  /** Members of the set. */
  objects: Count;
  /** The class label that all members have; null if they have several. */
  label: string | null;
  unreachable: Count;
  /** Members held only by what is left out. */
  released: Count;
  points: readonly PathPoint[];
  independent: PathPoint | null;
  elsewhere: HeldElsewhere | null;
  accidental: readonly AccidentalHold[];
  /** Whether anything is left out. */
  leavesOut: boolean;
}

/** Maximum number of points in one sentence. */
const MAX_POINTS = 3;

/** The main results of merged paths, in sentences; the first answers "why is it alive?". */
export function pathSentences(findings: PathFindings): string[] {
  const { objects, unreachable, released, points, independent, leavesOut } = findings;
  if (objects === 0) return ['There is no such object.'];
  const reached = objects - unreachable - released;
  const sentences: string[] = [];
  if (reached === 0 && released > 0) {
    sentences.push(
      `Nothing else holds ${membersOf(findings, objects, true)}: without what is left out, all would be freed.`,
    );
  } else if (reached === 0) {
    sentences.push(
      objects === 1
        ? 'No root reaches it: it is garbage that was not collected yet.'
        : `No root reaches any of ${membersOf(findings, objects, true)}: they are garbage that was not collected yet.`,
    );
  } else if (points.length === 0) {
    sentences.push(
      `${capital(membersOf(findings, reached, reached === objects))} ${are(reached)} held in many places: no single object holds a twentieth of them.`,
    );
  } else {
    sentences.push(...heldBy(findings, reached));
  }
  if (independent !== null) {
    const [first] = points;
    sentences.push(
      `There are two independent holders: ${nameOf(first!.object)}, and ${holderPhrase(independent)}.`,
    );
  }
  if (reached > 0 && released > 0) {
    sentences.push(
      `${count(released, 'object')} of the set ${are(released)} held by nothing but what is left out.`,
    );
  }
  if (reached > 0 && unreachable > 0) {
    sentences.push(
      `No root reaches ${withThousands(unreachable)} of them, which ${are(unreachable)} garbage.`,
    );
  }
  if (!leavesOut) {
    for (const { by, name, objects: held } of findings.accidental) {
      const holder = by === 'root' ? `the root ${name}` : `a ${by}, by its stack or its variables,`;
      sentences.push(
        `Only ${holder} holds ${held === objects ? (held === 1 ? 'it' : 'all of them') : `${withThousands(held)} of them`}: maybe by accident.`,
      );
    }
  }
  return sentences;
}

function heldBy(findings: PathFindings, reached: Count): string[] {
  const { points, objects, leavesOut } = findings;
  const [first] = points;
  if (points.length === 1) {
    const held = Math.max(first!.held, first!.behind);
    const who =
      held === objects
        ? capital(membersOf(findings, held, true))
        : `${withThousands(held)} of ${membersOf(findings, objects, false)}`;
    const shared = held - first!.dominated;
    const others =
      leavesOut || shared === held || shared === 0
        ? []
        : [`${withThousands(shared)} of them ${are(shared)} held in other ways, too.`];
    return [`${who} ${are(held)} held by ${holderPhrase(first!)}.`, ...others, ...restSentence(findings)];
  }
  const named = points
    .slice(0, MAX_POINTS)
    .map(point => `${withThousands(point.behind)} by ${holderPhrase(point)}`);
  const rest = points.length - named.length;
  const last = rest > 0 ? `others by ${count(rest, 'more object')}` : named.pop()!;
  const inPlaces = points.reduce((sum, { behind }) => sum + behind, 0);
  const others = reached - inPlaces;
  const who =
    inPlaces === objects
      ? capital(membersOf(findings, objects, true))
      : `${withThousands(inPlaces)} of ${membersOf(findings, objects, false)}`;
  const sentences = [`${who} are held in ${points.length} places: ${named.join(', ')} and ${last}.`];
  if (others > 0) {
    const them = others === 1 ? 'The other one is' : `The other ${withThousands(others)} are`;
    sentences.push(`${them} held elsewhere, by objects that hold few of them each.`);
  }
  return sentences;
}

/** `The other one is held by one Session that the root global_tbl lists.` */
function restSentence({ elsewhere }: PathFindings): string[] {
  if (elsewhere === null) return [];
  const { objects, point } = elsewhere;
  const by = holderPhrase(point);
  if (objects === 1) return [`The other one is held by ${by}.`];
  const held = Math.min(objects, point.behind);
  return held === objects
    ? [`The other ${withThousands(objects)} are held by ${by}.`]
    : [`Of the other ${withThousands(objects)}, ${withThousands(held)} ${are(held)} held by ${by}.`];
}

/** `one Array of 240 elements that AuditTrail refers to`. */
function holderPhrase({ object, referrer, root }: PathPoint): string {
  const by = referrer === null ? `that the root ${root} lists` : `that ${nameOf(referrer)} refers to`;
  return object.isNamed ? nameOf(object) : `one ${nameOf(object)} ${by}`;
}

/** `Array of 240 elements`, `AuditTrail`. */
function nameOf({ label, title, isNamed }: ObjectRow): string {
  if (isNamed && title !== '') return title;
  const length = /^[[{](\d+)[\]}]$/.exec(title)?.[1];
  if (length === undefined) return title === '' ? label : `${label} ${title}`;
  const what = title.startsWith('[') ? 'element' : 'entry';
  const several = what === 'entry' ? 'entries' : 'elements';
  return `${label} of ${withThousands(Number(length))} ${length === '1' ? what : several}`;
}

/** `all 687 ActionDispatch::Request`, `12 objects`, `this Session`. */
function membersOf({ label, objects }: PathFindings, members: Count, all: boolean): string {
  if (objects === 1) return label === null ? 'this object' : `this ${label}`;
  const what = label ?? 'objects';
  return `${all ? 'all ' : ''}${withThousands(members)} ${what}`;
}

function are(members: Count): string {
  return members === 1 ? 'is' : 'are';
}

function count(number: Count, one: string): string {
  return `${withThousands(number)} ${one}${number === 1 ? '' : 's'}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
