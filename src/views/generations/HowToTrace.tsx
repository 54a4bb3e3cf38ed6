import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Notice } from '../../widgets/Notice.tsx';

const TRACE = "require 'objspace'; ObjectSpace.trace_object_allocations_start";

/** Why there are no generations, and the line of code that adds them to the next dump. */
export function HowToTrace() {
  return (
    <Notice>
      <p>
        This dump was taken without tracing, so no object has a generation or an allocation site. Run this
        line early in the process, before the code of interest, and dump again:
      </p>
      <p>
        <code>{TRACE}</code> <CopyButton text={TRACE} />
      </p>
    </Notice>
  );
}
