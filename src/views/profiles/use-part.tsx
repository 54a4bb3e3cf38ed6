import type { ProfileInfo, TreeInfo, WeightInfo } from '../../../workers/protocol/profile-questions.ts';
import { SelectField } from '../../widgets/Field.tsx';

/** The tree and the weight that a view shows, as indexes. */
export interface ShownPart {
  tree: number;
  weight: number;
  treeInfo: TreeInfo;
  weightInfo: WeightInfo;
}

/**
 * The tree and the weight of a view, if the profile has them: a link can name others. Null if the profile has
 * no trees. `sums`: only weights that can be summed.
 */
export function partOf(
  profile: ProfileInfo,
  wanted: { tree: number; weight: number },
  sums: boolean,
): ShownPart | null {
  const tree = wanted.tree < profile.trees.length ? wanted.tree : 0;
  const treeInfo = profile.trees[tree];
  if (treeInfo === undefined) return null;
  const shown = shownWeights(treeInfo, sums);
  const weight = shown.includes(wanted.weight) ? wanted.weight : shown[0];
  const weightInfo = weight === undefined ? undefined : treeInfo.weights[weight];
  return weight === undefined || weightInfo === undefined ? null : { tree, weight, treeInfo, weightInfo };
}

function shownWeights({ weights }: TreeInfo, sums: boolean): number[] {
  return [...weights.keys()].filter(at => !sums || weights[at]!.additive);
}

/** Choices of a tree and of a weight, each only if there are several. */
export function PartFields(props: {
  profile: ProfileInfo;
  part: ShownPart;
  sums: boolean;
  onChange: (part: { tree: number; weight: number }) => void;
}) {
  const { profile, part, sums, onChange } = props;
  const { tree, weight, treeInfo } = part;
  const weights = shownWeights(treeInfo, sums);
  return (
    <>
      {profile.trees.length > 1 && (
        <SelectField
          label="Tree"
          value={String(tree)}
          options={profile.trees.map(({ label }, at) => ({ value: String(at), name: label }))}
          onChange={value => onChange({ tree: Number(value), weight })}
        />
      )}
      {weights.length > 1 && (
        <SelectField
          label="Weight"
          value={String(weight)}
          options={weights.map(at => ({ value: String(at), name: treeInfo.weights[at]!.label }))}
          onChange={value => onChange({ tree, weight: Number(value) })}
        />
      )}
    </>
  );
}
