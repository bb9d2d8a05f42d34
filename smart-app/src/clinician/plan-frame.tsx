/** What a plan is called, and in which time it is carried out, as it was entered. */
export interface FrameEntries {
  readonly title: string;
  readonly start: string;
  readonly end: string;
}

interface FrameProblem {
  /** Of the field, in the page. */
  readonly id: string;
  readonly problem: string;
}

/** What of it has to be put right before the plan can be assigned. */
export function frameProblems({ title, start, end }: FrameEntries): readonly FrameProblem[] {
  return [
    ...(title.trim() === '' ? [{ id: 'plan-title', problem: 'The plan needs a name.' }] : []),
    ...(start === '' ? [{ id: 'plan-start', problem: 'Please choose a day.' }] : []),
    ...(end !== '' && end <= start ? [{ id: 'plan-end', problem: 'The plan has to end after it begins.' }] : []),
  ];
}

interface PlanFrameProps {
  readonly frame: FrameEntries;
  readonly problems: readonly FrameProblem[];
  /** Whether what is missing is told: not while somebody is still typing. */
  readonly told: boolean;
  readonly onChange: (change: Partial<FrameEntries>) => void;
}

/** The plan's name and its first and last day. */
export function PlanFrame({ frame, problems, told, onChange }: PlanFrameProps) {
  const field = (name: keyof FrameEntries) => {
    const id = `plan-${name}`;
    const found = problems.find((entry) => entry.id === id && (told || name === 'end'));
    return {
      input: {
        id,
        value: frame[name],
        ...(found === undefined ? {} : ({ 'aria-invalid': true, 'aria-describedby': `${id}-problem` } as const)),
        onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
          onChange({ [name]: currentTarget.value }),
      },
      problem:
        found === undefined ? null : (
          <p className="problem" id={`${id}-problem`}>
            {found.problem}
          </p>
        ),
    };
  };
  const [title, start, end] = [field('title'), field('start'), field('end')];
  return (
    <section className="card assign-frame" aria-label="Frame">
      <div className="assign-title">
        <label htmlFor={title.input.id}>Name of the plan</label>
        <input type="text" dir="auto" maxLength={200} {...title.input} />
        {title.problem}
      </div>
      <div>
        <label htmlFor={start.input.id}>Begins</label>
        <input type="date" {...start.input} />
        {start.problem}
      </div>
      <div>
        <label htmlFor={end.input.id}>Ends</label>
        <input type="date" min={frame.start} {...end.input} />
        {end.problem}
      </div>
    </section>
  );
}
