import type { ComponentType } from 'react';
import type { StepView } from '../../../src/contract/app/plan-view.ts';
import type { ClinicianPageName, ClinicianPages } from './clinician-context.ts';

/**
 * How near an act is to hand. `first`: what the step waits for, a button that stands out; `often`: a button, where there is room
 * for it; `seldom`: in the menu *More*. Of buttons there are two at most, the others stand in the menu, too.
 */
export type Offer = 'first' | 'often' | 'seldom';

export interface StepFormProps {
  readonly step: StepView;
  /** It is given up. */
  readonly onClose: () => void;
  /** It was done: closes it, and says so beside the step, in a sentence or two. */
  readonly onDone: (said: string) => void;
}

interface Act {
  readonly name: string;
  readonly words: string;
  /** Takes something away: it stands last in the menu, below a line, and is never a button. */
  readonly apart?: true;
}

/** What can be done with a step. */
export type StepAction = Act & {
  /** Before the step's name, for who hears the button alone: `Give feedback` `on` `step 1`. */
  readonly preposition?: 'on' | 'to' | 'for' | 'before';
  /** undefined: it can't be done from where the step stands. */
  readonly offer: (step: StepView, pages: ClinicianPages) => Offer | undefined;
} & (
    | { readonly Form: ComponentType<StepFormProps> }
    | { readonly page: (step: StepView) => ClinicianPageName }
    /** Done at once; what is said then. @throws ServiceProblem */
    | { readonly act: (step: StepView, pages: ClinicianPages) => Promise<string> }
  );

export type PlanFormProps = Omit<StepFormProps, 'step'>;

/** What can be done with the plan that is looked at. */
export type PlanAction = Act & {
  readonly offer: (pages: ClinicianPages) => Offer | undefined;
} & ({ readonly Form: ComponentType<PlanFormProps> } | { readonly page: ClinicianPageName });

export interface Offered<A> {
  readonly action: A;
  readonly offer: Offer;
}

const mostButtons = 2;

/** Which are buttons, those that the step waits for first, and which stand in the menu, what takes something away last. */
export function arrange<A extends Pick<Act, 'apart'>>(
  offered: readonly Offered<A>[],
): { readonly buttons: readonly Offered<A>[]; readonly more: readonly A[] } {
  const near = (['first', 'often'] as const).flatMap((near) =>
    offered.filter(({ offer, action }) => offer === near && action.apart !== true),
  );
  const buttons = near.slice(0, mostButtons);
  const rest = offered.filter((act) => !buttons.includes(act)).map(({ action }) => action);
  return { buttons, more: rest.toSorted((act, other) => Number(act.apart ?? false) - Number(other.apart ?? false)) };
}
