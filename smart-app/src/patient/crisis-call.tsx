import { Icon } from '../parts/icon.tsx';
import { useAppSession } from '../session/app-session.tsx';

/** The crisis line as something to press. */
export function CrisisCall() {
  const { label, phone } = useAppSession().session.tenant.crisisLine;
  return (
    <a className="crisis-call" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
      <Icon name="phone" />
      {label}: {phone}
    </a>
  );
}
