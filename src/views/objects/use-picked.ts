import { useState } from 'react';
import { objectSetKey } from '../../../workers/protocol/object-set.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { AddressText } from '../../../workers/protocol/units.ts';
import { useActiveSnapshot, useCurrentSet } from '../../state/use-app.ts';

/** Maximum number of objects that can be picked: with more, the filter would be unreadable. */
export const MAX_PICKED = 200;

export interface Picked {
  addresses: ReadonlySet<AddressText>;
  toggle: (row: ObjectRow) => void;
  clear: () => void;
}

/** The rows that the user picked for a common action; another dump or set clears them. */
export function usePicked(): Picked {
  const snapshot = useActiveSnapshot()?.id ?? null;
  const scope = `${snapshot} ${objectSetKey(useCurrentSet())}`;
  const [picked, setPicked] = useState({ scope, addresses: NONE });
  const addresses = picked.scope === scope ? picked.addresses : NONE;
  return {
    addresses,
    toggle({ address }) {
      const next = new Set(addresses);
      if (!next.delete(address) && next.size < MAX_PICKED) next.add(address);
      setPicked({ scope, addresses: next });
    },
    clear: () => setPicked({ scope, addresses: NONE }),
  };
}

const NONE: ReadonlySet<AddressText> = new Set();
