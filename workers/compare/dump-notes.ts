import type { ComparedStep } from '../protocol/comparison.ts';
import type { SeriesMember } from './series.ts';

/** Why a dump is incomplete, so that growth leaves it out: a sentence, or null. */
export function exclusionReason({ isSinceDump, incomplete }: SeriesMember): string | null {
  if (isSinceDump) return 'It holds only what was allocated since a generation.';
  return incomplete[0] ?? null;
}

/** Positions of the dumps that growth is computed from: the complete ones, or all if fewer than two are complete. */
export function countedDumps(members: readonly SeriesMember[]): number[] {
  const all = members.map((_, at) => at);
  const whole = all.filter(at => exclusionReason(members[at]!) === null);
  return whole.length < 2 ? all : whole;
}

/** Distinct names of dumps: equal names are numbered. O(dumps). */
export function distinctNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map(name => {
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 ? name : `${name} (${nth})`;
  });
}

/**
 * Notes about the dumps for the reader, in sentences. `steps`: from each dump to the next, where objects are
 * identified.
 */
export function notesOf(
  members: readonly SeriesMember[],
  names: readonly string[],
  steps: readonly ComparedStep[],
): string[] {
  const namesOf = (isIncluded: (member: SeriesMember) => boolean) =>
    names.filter((_, at) => isIncluded(members[at]!));
  return [
    ...partialNotes(members, names),
    ...sameNotes(names, steps),
    ...reducedNotes(namesOf(member => member.retention() === null)),
    ...untracedNotes(namesOf(({ snapshot }) => snapshot.facts.tracedObjects === 0)),
  ];
}

function partialNotes(members: readonly SeriesMember[], names: readonly string[]): string[] {
  const counted = countedDumps(members);
  return members.flatMap((member, at) => {
    const why = exclusionReason(member);
    if (why === null) return [];
    const consequence = counted.includes(at)
      ? 'fewer than two dumps are complete, so growth is computed from all of them, and missing objects may look like growth'
      : 'it is left out of growth, and the objects it lacks count as freed';
    return [`${names[at]} is incomplete: ${consequence}. ${why}`];
  });
}

function sameNotes(names: readonly string[], steps: readonly ComparedStep[]): string[] {
  return steps.flatMap((step, at) =>
    step.new.objects + step.freed.objects > 0 || step.survived.objects === 0
      ? []
      : [`${names[at]} and ${names[at + 1]} hold the same objects: they may be the same dump, opened twice.`],
  );
}

function reducedNotes(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `To save memory, ${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} reduced to what comparison needs. What objects retain is not known there, so objects that hold what grows are not listed.`,
  ];
}

function untracedNotes(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `Nothing was traced in ${names.join(', ')}: objects are identified by address, type and class, strings by their content too.`,
  ];
}
