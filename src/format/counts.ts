export * from '../../workers/protocol/format/counts.ts';
