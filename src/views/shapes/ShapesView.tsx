import type { ClassShapes, ShapeRow } from '../../../workers/protocol/shapes.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { useSession } from '../../session/session.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { chipFor } from '../../state/chips.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Name } from '../../widgets/figures.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { TreeCell } from '../../widgets/table/TreeCell.tsx';
import { type TreeRow, useTreeRows } from '../../widgets/table/use-tree-rows.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import styles from './ShapesView.module.css';

/** Maximum number of classes listed. */
const CLASSES = 100;
/** Maximum number of sets of variables listed that are set in several orders. */
const ORDERS = 20;

/** The tree of shapes, the classes with most shapes, and variables that are set in different orders. */
export default function ShapesView() {
  const { service } = useSession();
  const snapshot = useActiveSnapshot();
  const drillInto = useApp(state => state.drillInto);
  const id = snapshot?.id ?? -1;
  const query = useAnswer('shapes', { top: CLASSES }, { lane: 'shapes' });
  const { source, tree, error, ready } = useTreeRows<ShapeRow>({
    key: String(id),
    load: path => service.ask('shapeTree', { snapshot: id, below: path.at(-1)?.row ?? null }),
    nameOf: row => String(row.row),
    opens: row => row.children > 0,
  });
  const summary = query.data;
  if (summary === null) return <QueryState query={query} />;
  if (summary.shapes === 0) {
    return (
      <section className={styles.view}>
        <ViewHeader title="Shapes" shows="The order in which the instance variables of objects were set." />
        <p className={styles.note}>
          This dump contains no shapes. Ruby 3.2 and newer write them, except with shapes: false.
        </p>
      </section>
    );
  }
  const counts = summary.countsObjects
    ? 'with the objects of each'
    : 'without objects, which are not in this file';
  const number = (
    name: string,
    header: string,
    of: (row: ShapeRow) => number | null,
    width = '96px',
  ): ShapeColumn => ({
    id: name,
    header,
    align: 'end',
    width,
    cell: ({ row }) => countText(of(row)),
    text: ({ row }) => String(of(row) ?? ''),
  });
  const columns: ShapeColumn[] = [
    {
      id: 'name',
      header: 'Variable that is added',
      width: 'minmax(180px, 1fr)',
      cell: (row, fittingChars) => (
        <TreeCell level={tree.levelOf(row)} isOpen={tree.isOpen(row)}>
          <Name text={shapeName(row.row)} maxLength={fittingChars - 4 - tree.levelOf(row) * 2} />
        </TreeCell>
      ),
      text: ({ row, above }) => [...above, row].map(shapeName).join(' › '),
    },
    number('id', 'Shape', row => row.id),
    number('variables', 'Variables', row => row.variables),
    number('below', 'Shapes below', row => row.below),
    number('objects', 'Objects', row => row.objects),
    number('objectsBelow', 'With those below', row => row.objectsBelow, '136px'),
    {
      id: 'classes',
      header: 'Mostly',
      width: 'minmax(160px, 0.6fr)',
      cell: ({ row }) => <Name text={row.classes.join(', ')} maxLength={48} />,
      text: ({ row }) => row.classes.join(', '),
    },
  ];
  return (
    <section className={styles.view}>
      <ViewHeader
        title="Shapes"
        shows={`${formatCountOf(summary.shapes, 'shape')} ${counts}: each row adds a variable to the one above it.`}
      >
        <CopyRows columns={columns} source={source} />
      </ViewHeader>
      {error && <Notice tone="danger">The worker could not answer: {error.message}</Notice>}
      <div className={styles.table}>
        <VirtualTable
          label="Tree of shapes"
          columns={columns}
          source={source}
          tree={tree}
          onOpen={tree.toggle}
          empty={ready ? <p className={styles.note}>No shape.</p> : null}
        />
      </div>
      <div className={styles.lists}>
        {summary.classes.length > 0 && (
          <section aria-label="Classes by shapes">
            <h3 className={styles.heading}>Classes with most shapes</h3>
            <PlainTable
              label="Classes with most shapes"
              rows={summary.classes}
              rowKey={row => row.label}
              columns={classColumns(label =>
                drillInto(chipFor({ kind: 'group', key: 'class', label }), 'objects'),
              )}
            />
            <p className={styles.note}>
              Too complex: objects whose variables are in a hash table, which takes more memory and time. Ruby
              does so where a class has too many shapes.
            </p>
          </section>
        )}
        <section aria-label="Orders of variables">
          <h3 className={styles.heading}>Variables that are set in different orders</h3>
          {summary.orders.length === 0 ? (
            <p className={styles.note}>None.</p>
          ) : (
            <ul className={styles.orders}>
              {summary.orders.slice(0, ORDERS).map(({ names }) => (
                <li key={names[0]!.join()}>
                  {names.map(order => (
                    <div key={order.join()}>
                      <Name text={order.join(', ')} maxLength={120} />
                    </div>
                  ))}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </section>
  );
}

type ShapeColumn = Column<TreeRow<ShapeRow>>;

function shapeName({ name, variables }: ShapeRow): string {
  return name ?? (variables === 0 ? '(root)' : '(adds none)');
}

function countText(count: number | null): string {
  return count === null ? '' : formatCount(count);
}

function classColumns(onShow: (label: string) => void): Column<ClassShapes>[] {
  const number = (
    id: string,
    header: string,
    of: (row: ClassShapes) => number,
    width = '80px',
  ): Column<ClassShapes> => ({
    id,
    header,
    align: 'end',
    width,
    cell: row => formatCount(of(row)),
    text: row => String(of(row)),
  });
  return [
    {
      id: 'class',
      header: 'Class',
      term: 'label',
      width: '',
      cell: row => (
        <Button look="link" onClick={() => onShow(row.label)}>
          <Name text={row.label} maxLength={60} />
        </Button>
      ),
      text: row => row.label,
    },
    number('shapes', 'Shapes', row => row.shapes),
    number('objects', 'Objects', row => row.objects),
    number('complex', 'Too complex', row => row.complex, '112px'),
  ];
}
