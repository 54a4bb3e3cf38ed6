import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { maskTexts } from './mask-secrets.ts';

/** Questions whose answers contain the contents of strings. */
const WITH_VALUES: ReadonlySet<string> = new Set([
  'excerpts',
  'object',
  'stringSummary',
  'duplicateStrings',
  // The names of references may contain the keys of hashes.
  'neighbours',
  'edgeNames',
  'retainerPath',
  'paths',
]);

/**
 * The service with likely secrets masked in its answers while masking is on: in one place, so that no view can forget
 * it.
 */
export function maskingService(service: HeapService, isOn: () => boolean): HeapService {
  return {
    ...service,
    async ask(name, query) {
      const answer = await service.ask(name, query);
      return isOn() && WITH_VALUES.has(name) ? maskTexts(answer) : answer;
    },
    document: (snapshot, options) =>
      service.document(snapshot, { ...options, strings: options.strings && !isOn() }),
  };
}
