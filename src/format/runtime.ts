import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import { oneLine } from './names.ts';

/** The runtime that wrote a dump, and its platform: `Ruby 3.3`, `Ruby 4.0 (WebAssembly)`. */
export function runtimeText({
  vocabulary,
  runtimeVersion,
  platform,
}: Pick<SnapshotInfo, 'vocabulary' | 'runtimeVersion' | 'platform'>): string {
  const name = `${vocabulary.runtime} ${runtimeVersion}`;
  return oneLine(platform === null ? name : `${name} (${platform})`);
}
