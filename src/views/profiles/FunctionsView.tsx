import type {
  FunctionInfo,
  FunctionSortKey,
  WeightInfo,
} from '../../../workers/protocol/profile-questions.ts';
import { formatAmount, formatExactAmount } from '../../format/amounts.ts';
import { useDeferred } from '../../session/use-deferred.ts';
import { useProfileRows } from '../../session/use-profile-answer.ts';
import { defaultView } from '../../state/navigation.ts';
import { useActiveProfile, useApp } from '../../state/use-app.ts';
import { TextField } from '../../widgets/Field.tsx';
import { Name } from '../../widgets/figures.tsx';
import { CopyRows } from '../../widgets/table/CopyRows.tsx';
import type { Column } from '../../widgets/table/columns.ts';
import { VirtualTable } from '../../widgets/table/VirtualTable.tsx';
import { ViewHeader } from '../../widgets/ViewHeader.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { GroupField } from './GroupField.tsx';
import { AboutFile, ProfileNotices, ProfileTotals } from './ProfileNotices.tsx';
import styles from './Profiles.module.css';
import { ScopeBar } from './ScopeBar.tsx';
import { PartFields, partOf } from './use-part.tsx';
import { scopedLabel, useProfileScope } from './use-profile-scope.ts';

/** Every function, line, file or gem of a profile, with all its call sites combined. */
export default function FunctionsView() {
  const current = useApp(state => state.view);
  const adjustView = useApp(state => state.adjustView);
  const navigate = useApp(state => state.navigate);
  const profile = useActiveProfile();
  const view = current.kind === 'functions' ? current : defaultView('functions');
  const { sort, descending } = view;
  const search = useDeferred(view.search);
  const part = profile && partOf(profile, view, false);
  const tree = part?.tree ?? 0;
  const weight = part?.weight ?? 0;
  const scoped = useProfileScope(profile);
  const { scope, isComparison } = scoped;
  const { by } = view;
  const source = useProfileRows('functions', {
    tree,
    weight,
    scope,
    by,
    fold: false,
    sort,
    descending,
    search,
  });
  if (profile === null || part === null || source === null) return null;
  const columns = columnsOf(part.weightInfo, isComparison);
  const label = scopedLabel(profile, scoped, part.weightInfo, tree);

  return (
    <div className={styles.view}>
      <ViewHeader
        title="Table"
        shows={`${profile.format}: ${part.treeInfo.label}, ${label}. Open a row to see its callers and callees.`}
      >
        <TextField
          aria-label="Search names"
          placeholder="Search names"
          value={view.search}
          onChange={event => adjustView({ ...view, search: event.target.value })}
        />
        <PartFields
          profile={profile}
          part={part}
          sums={false}
          onChange={chosen => adjustView({ ...view, ...chosen, ...(chosen.tree === tree ? {} : { by: [] }) })}
        />
        <GroupField
          profile={profile}
          part={{ tree, by }}
          onChange={chosen => adjustView({ ...view, ...chosen })}
        />
        <ExportMenu profile={profile} params={{ tree, weight, scope, by, fold: false }} />
        <CopyRows columns={columns} source={source} />
      </ViewHeader>
      <ProfileTotals profile={profile} />
      <AboutFile profile={profile} />
      <ProfileNotices profile={profile} />
      <ScopeBar profile={profile} shown={scoped} />
      <div className={styles.table}>
        <VirtualTable
          label="Functions of the profile"
          columns={columns}
          source={source}
          sorting={{ key: sort, descending }}
          onSort={sorting =>
            adjustView({ ...view, sort: sorting.key as FunctionSortKey, descending: sorting.descending })
          }
          {...(part.weightInfo.additive
            ? {
                onOpen: (row: FunctionInfo) =>
                  navigate({
                    ...defaultView('calls'),
                    part: { tree, weight, by, path: [], skip: 0 },
                    focus: row.name,
                  }),
              }
            : {})}
          empty={<p>{search === '' ? 'The file lists nothing.' : 'No name matches.'}</p>}
        />
      </div>
    </div>
  );
}

function columnsOf({ unit, additive }: WeightInfo, isComparison: boolean): Column<FunctionInfo>[] {
  const figure = (id: Exclude<FunctionSortKey, 'name'>, header: string): Column<FunctionInfo> => ({
    id,
    header,
    align: 'end',
    width: '140px',
    sort: id,
    cell: row => (
      <span title={formatExactAmount(row[id] ?? 0, unit)}>{formatAmount(row[id] ?? 0, unit)}</span>
    ),
    text: row => String(row[id] ?? ''),
  });
  const columns: Column<FunctionInfo>[] = [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(280px, 1fr)',
      sort: 'name',
      cell: (row, fittingChars) => <Name text={row.name} maxLength={fittingChars} />,
      text: row => row.name,
    },
    figure('self', 'Self'),
  ];
  if (isComparison) columns.push(figure('selfChange', 'Change of self'));
  // For weights that are not additive, totals mean nothing.
  if (additive) columns.push(figure('total', 'Total'));
  if (additive && isComparison) columns.push(figure('totalChange', 'Change of total'));
  return columns;
}
