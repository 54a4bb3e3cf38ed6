import { Command } from 'cmdk';
import { useRef, useState } from 'react';
import { parseFilter } from '../../../workers/protocol/filter/parse-filter.ts';
import { printFilter } from '../../../workers/protocol/filter/print-filter.ts';
import { readObjectReference } from '../../../workers/protocol/object-reference.ts';
import type { FoundObject, GroupRow } from '../../../workers/protocol/rows.ts';
import { absentObject } from '../../format/absent-object.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { cutMiddle, oneLine } from '../../format/names.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { chipFor, chipOfFilter, intersectChips } from '../../state/chips.ts';
import { useApp } from '../../state/use-app.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import { useDelayed } from '../use-delayed.ts';
import styles from './CommandPalette.module.css';
import { matchingCommands } from './matching-commands.ts';
import { useCommands } from './use-commands.ts';

/** Maximum number of classes for the typed text. */
const CLASSES_OFFERED = 8;

const LARGEST_CLASSES = {
  key: 'class',
  sort: 'retainedBytes',
  descending: true,
  offset: 0,
  limit: CLASSES_OFFERED,
} as const;

/** Search for every command of the page, and every class and address of the dump. */
export default function CommandPalette() {
  const [text, setText] = useState('');
  const setOverlay = useApp(state => state.setOverlay);
  const drillInto = useApp(state => state.drillInto);
  const chips = useApp(state => state.chips);
  const setChips = useApp(state => state.setChips);
  const select = useApp(state => state.select);
  const setInspectorOpen = useApp(state => state.setInspectorOpen);
  const typed = text.trim();
  const groups = matchingCommands(useCommands(), typed);
  const asked = useDelayed(typed);
  const reference = readObjectReference(asked);
  // Some words and numbers can be an address or an object id: then both are searched for.
  const isAddress = reference?.kind === 'address' && reference.certain;

  const classes = useAnswer(
    'groups',
    asked.length < 2 || isAddress ? null : { ...LARGEST_CLASSES, filter: asked },
    { lane: 'palette', set: { kind: 'all' } },
  );
  const found = useAnswer('find', reference === null ? null : { text: asked });
  const isFound = found.asked?.text === asked && found.data !== null;

  const rows = asked.length < 2 ? [] : (classes.data?.rows ?? []);
  const parsed = typed === '' ? null : parseFilter(typed);
  const filter = parsed?.ok === true && parsed.filter.kind !== 'everything' ? parsed.filter : null;
  // Text with a term is meant as a filter; plain words can be the name of anything, so the filter comes last.
  const filterFirst = filter !== null && filter.kind !== 'words' && filter.kind !== 'address';
  const filterItem =
    filter === null ? null : (
      <Command.Group heading="Filter">
        <Command.Item
          value={`filter ${typed}`}
          className={styles.item}
          onSelect={() => run(() => setChips(intersectChips(chips, chipOfFilter(filter))))()}
        >
          <span>Filter: {cutMiddle(oneLine(printFilter(filter)), 60)}</span>
        </Command.Item>
      </Command.Group>
    );

  // Results arrive one after the other; the first is active until the user moves to another one.
  const isMoving = useRef(false);
  const [chosen, setChosen] = useState<{ among: string; value: string } | null>(null);
  const firstCommand = groups.flatMap(({ commands }) => commands)[0]?.name;
  const firstRow = rows[0] === undefined ? undefined : classValue(rows[0]);
  const filterValue = filter === null ? undefined : `filter ${typed}`;
  const first =
    (isFound ? found.data?.address : undefined) ??
    (filterFirst ? filterValue : undefined) ??
    firstCommand ??
    firstRow ??
    filterValue ??
    '';

  const close = () => setOverlay(null);
  const run = (action: () => void) => () => {
    close();
    action();
  };

  return (
    <Dialog label="Commands" bare onClose={close}>
      <Command
        label="Commands"
        className={styles.palette}
        shouldFilter={false}
        loop
        value={chosen?.among === first ? chosen.value : first}
        onValueChange={value => isMoving.current && setChosen({ among: first, value })}
        onKeyDownCapture={event => {
          isMoving.current = event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End';
        }}
        onPointerMoveCapture={() => {
          isMoving.current = true;
        }}
      >
        <Command.Input
          autoFocus
          className={styles.input}
          placeholder="A view, a class, an address, a filter, a setting…"
          value={text}
          onValueChange={setText}
        />
        <Command.List className={styles.list}>
          <Command.Empty className={styles.empty}>No match.</Command.Empty>
          {found.asked?.text === asked && (isFound || isAddress) ? (
            <Command.Group heading="Object">
              <FoundItem
                found={found.data}
                text={asked}
                onSelect={object =>
                  run(() => {
                    select(object);
                    setInspectorOpen(true);
                  })()
                }
              />
            </Command.Group>
          ) : null}
          {filterFirst ? filterItem : null}
          {groups.map(({ heading, commands }) => (
            <Command.Group key={heading} heading={heading}>
              {commands.map(({ name, keys, run: action }) => (
                <Command.Item key={name} value={name} className={styles.item} onSelect={run(action)}>
                  <span>{name}</span>
                  {keys === undefined ? null : <kbd>{keys}</kbd>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
          {rows.length === 0 ? null : (
            <Command.Group heading="Objects of a class">
              {rows.map(row => (
                <ClassItem
                  key={row.label}
                  row={row}
                  onSelect={run(() =>
                    drillInto(chipFor({ kind: 'group', key: 'class', label: row.label }), 'objects'),
                  )}
                />
              ))}
            </Command.Group>
          )}
          {filterFirst ? null : filterItem}
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** The value by which cmdk identifies the item of a class. */
function classValue(row: GroupRow): string {
  return `class ${oneLine(row.label ?? '')}`;
}

function ClassItem({ row, onSelect }: { row: GroupRow; onSelect: () => void }) {
  const label = oneLine(row.label ?? '');
  return (
    <Command.Item value={classValue(row)} className={styles.item} onSelect={onSelect}>
      <span title={label}>{cutMiddle(label, 52)}</span>
      <span className={styles.quiet}>
        {formatCountOf(row.objects, 'object')} · retains {formatBytes(row.retainedBytes)}
      </span>
    </Command.Item>
  );
}

function FoundItem(props: {
  found: FoundObject | null;
  text: string;
  onSelect: (found: FoundObject) => void;
}) {
  const { found, text, onSelect } = props;
  if (found === null) {
    return <p className={styles.empty}>{absentObject(cutMiddle(text, 60))}</p>;
  }
  return (
    <Command.Item value={found.address} className={styles.item} onSelect={() => onSelect(found)}>
      Inspect the object at {found.address}
    </Command.Item>
  );
}
