import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { AddressText } from '../../workers/protocol/units.ts';
import type { AppStore } from '../state/app-state.ts';

/** Selects the object at an address of the active dump; the selection does not change if there is no such object. */
export async function selectAddress(
  service: HeapService,
  store: AppStore,
  address: AddressText,
): Promise<void> {
  const { active } = store.getState();
  if (active === null) return;
  const found = await service.ask('find', { snapshot: active, text: address });
  if (found !== null && store.getState().active === active) store.getState().select(found);
}

/** Selects the object named in the link that opened the page. */
export async function selectLinkedObject(service: HeapService, store: AppStore): Promise<void> {
  const { linkedAddress, linkedAddressHandled } = store.getState();
  if (linkedAddress === null) return;
  await selectAddress(service, store, linkedAddress);
  linkedAddressHandled();
}
