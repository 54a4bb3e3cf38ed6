/** A dump of heap-profiler, of which the objects from a generation on are what was profiled. */
interface TracedDump {
  file: File;
  /** 0 = all of them. */
  generation: number;
}

/** Longer files are no `generation.info`. */
const MAX_INFO_BYTES = 32;

/**
 * Finds the folders that heap-profiler wrote among files: `allocated.heap` with the `generation.info` beside it. The
 * latter is no dump itself, and is in neither list of the answer; without its dump, it is like any other file.
 */
export async function heapProfilerFiles(
  files: readonly File[],
): Promise<{ others: File[]; traced: TracedDump[] }> {
  const traced: TracedDump[] = [];
  const found = new Set<File>();
  for (const info of files) {
    const match = /^(.*\/)?generation\.info$/.exec(info.name);
    if (match === null || info.size > MAX_INFO_BYTES) continue;
    const folder = match[1] ?? '';
    const name = `${folder}allocated.heap`;
    const file = files.find(other => other.name === name || other.name === `${name}.gz`);
    const text = (await info.text()).trim();
    if (file === undefined || !/^\d{1,9}$/.test(text)) continue;
    traced.push({ file, generation: Number(text) });
    found.add(info).add(file);
  }
  return { others: files.filter(file => !found.has(file)), traced };
}
