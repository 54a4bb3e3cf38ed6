/** Advice for a file that is not a dump. */
export const TAKE_A_DUMP =
  'Drop what ObjectSpace.dump_all writes: require "objspace"; File.open("heap.json", "wb") { |f| ObjectSpace.dump_all(output: f) }';
