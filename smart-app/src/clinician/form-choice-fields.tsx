import { useId, useRef } from 'react';
import type { KindView } from '../../../src/contract/app/patient-homework.ts';
import {
  type ChoiceOf,
  type FormChoiceDraft,
  type FormThere,
  namesShown,
  type OwnName,
  settingShown,
} from '../plan/form-choice.ts';
import '../styles/schedule.css';
import { describedBy, FieldNotes } from './field-notes.tsx';

interface FormChoiceFieldsProps {
  readonly kind: ChoiceOf;
  readonly draft: FormChoiceDraft;
  /** Of a step that has a form of its own already. */
  readonly there?: FormThere | undefined;
  /** What is wrong, by the name of a part or setting, once it was tried to send it. */
  readonly wrong: Readonly<Record<string, string>>;
  readonly onChange: (draft: FormChoiceDraft) => void;
}

/** What of a form is the plan's own: how far it goes, and the names that only this patient has in it. */
export function FormChoiceFields({ kind, draft, there, wrong, onChange }: FormChoiceFieldsProps) {
  const name = useId();
  const { ownParts = [], settings = [] } = kind;
  if (ownParts.length === 0 && settings.length === 0) return null;
  return (
    <section className="form-choice" aria-labelledby={`${name}-form`}>
      <h3 id={`${name}-form`}>The form</h3>
      {settings.map((setting) => {
        const id = `${name}-${setting.name}`;
        const problem = wrong[setting.name];
        const box = {
          id,
          value: settingShown(setting, draft, there),
          'aria-invalid': problem === undefined ? undefined : (true as const),
          'aria-describedby': describedBy({ id, problem }),
          onChange: ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }) =>
            onChange({ ...draft, settings: { ...draft.settings, [setting.name]: value } }),
        };
        return (
          <div key={setting.name}>
            <label htmlFor={id}>{setting.label}</label>
            {'number' in setting ? (
              <input type="number" min={setting.number.least} max={setting.number.most} {...box} />
            ) : (
              <select {...box}>
                {setting.options.map(({ code, label }) => (
                  <option key={code} value={code}>
                    {label}
                  </option>
                ))}
              </select>
            )}
            <FieldNotes {...{ id, problem }} />
          </div>
        );
      })}
      {ownParts.map((part) => (
        <OwnNames
          key={part.name}
          {...{ part, id: `${name}-${part.name}`, problem: wrong[part.name] }}
          names={namesShown(part, draft, there)}
          onChange={(names) => onChange({ ...draft, own: { ...draft.own, [part.name]: names } })}
        />
      ))}
    </section>
  );
}

interface OwnNamesProps {
  readonly part: NonNullable<KindView['ownParts']>[number];
  readonly id: string;
  readonly names: readonly OwnName[];
  readonly problem: string | undefined;
  readonly onChange: (names: readonly OwnName[]) => void;
}

function OwnNames({ part, id, names, problem, onChange }: OwnNamesProps) {
  const list = useRef<HTMLFieldSetElement>(null);
  // what is added is written next, and what is taken out leaves the focus where it was
  const focusSoon = (at: number): void => {
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('input')[at]?.focus());
  };
  return (
    <fieldset className="some-of" ref={list} aria-describedby={describedBy({ id, problem })}>
      <legend>
        {part.label}{' '}
        <span className="optional">({part.least === part.most ? part.most : `${part.least} to ${part.most}`})</span>
      </legend>
      {names.map(({ text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place alone
        <div key={at} className="own-name">
          <input
            type="text"
            dir="auto"
            maxLength={200}
            aria-label={`${part.label}, ${at + 1}`}
            value={text}
            onChange={({ currentTarget: { value } }) =>
              onChange(names.map((own, place) => (place === at ? { ...own, text: value } : own)))
            }
          />
          {names.length > part.least ? (
            <button
              type="button"
              className="plain small"
              onClick={() => {
                onChange(names.filter((_own, place) => place !== at));
                focusSoon(Math.max(0, at - 1));
              }}
            >
              Take out
              <span className="hidden-words">
                : <bdi>{text === '' ? `${at + 1}` : text}</bdi>
              </span>
            </button>
          ) : null}
        </div>
      ))}
      {names.length < part.most ? (
        <button
          type="button"
          className="plain small"
          onClick={() => {
            onChange([...names, { text: '' }]);
            focusSoon(names.length);
          }}
        >
          Add one
          <span className="hidden-words"> to {part.label}</span>
        </button>
      ) : null}
      <FieldNotes {...{ id, problem }} />
    </fieldset>
  );
}
