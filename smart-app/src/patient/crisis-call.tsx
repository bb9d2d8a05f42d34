import { Icon } from '../parts/icon.tsx';
import { useAppSession } from '../session/app-session.tsx';

/** The crisis line as something to press; where none is known, the words for what every place has. */
export function CrisisCall() {
  const { crisisLine } = useAppSession().session.tenant;
  if (crisisLine === undefined) {
    return (
      <p className="crisis-call">
        <Icon name="phone" />
        In an emergency call your local emergency number.
      </p>
    );
  }
  const { label, phone } = crisisLine;
  return (
    <a className="crisis-call" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
      <Icon name="phone" />
      <bdi className="crisis-label">{label}:</bdi> <bdi>{phone}</bdi>
    </a>
  );
}
