import type { PlanView } from '../../../src/contract/app/plan-view.ts';
import { Tabs } from '../parts/tabs.tsx';
import { unread } from '../plan/steps.ts';
import type { ClinicianPageName } from './clinician-context.ts';

/** The first tab names no time: which one it tells of is chosen on its page. */
const tabs = [
  { name: 'since', words: 'Overview' },
  { name: 'plan', words: 'Plan' },
  { name: 'logs', words: 'Logs' },
  { name: 'messages', words: 'Messages' },
  { name: 'chart', words: 'In the chart' },
] as const;

interface ClinicianTabsProps {
  readonly plans: readonly PlanView[];
  readonly open: ClinicianPageName;
  readonly onOpen: (page: ClinicianPageName) => void;
}

/** The pages of one patient, with how many messages are not read yet in any plan. */
export function ClinicianTabs({ plans, open, onOpen }: ClinicianTabsProps) {
  const toRead = plans.flatMap((view) => unread(view, 'clinician')).length;
  const here = open.name === 'paper' || open.name === 'assign' ? 'plan' : open.name;
  const messages =
    toRead === 0 ? null : (
      <span className="count">
        {toRead}
        <span className="hidden-words"> not read yet</span>
      </span>
    );
  return (
    <Tabs
      tabs={tabs}
      here={here}
      onOpen={(name) => onOpen({ name })}
      beside={(name) => (name === 'messages' ? messages : null)}
    />
  );
}
