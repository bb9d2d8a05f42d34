import type { ReactNode } from 'react';
import { FormEnd } from './form-end.tsx';

export interface FormProps {
  readonly className?: string;
  /** Why it was not done. */
  readonly problem: string | undefined;
  readonly finishWords: string;
  readonly disabled: boolean;
  /** It is given up. */
  readonly onCancel: () => void;
  readonly onFinish: () => unknown;
  readonly children: ReactNode;
}

/** Fields with the two ways out of them. What is wrong with one is said beside it in our own words, so the browser says nothing. */
export function Form({ className, onFinish, children, ...end }: FormProps) {
  return (
    <form
      noValidate
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        onFinish();
      }}
    >
      {children}
      <FormEnd {...end} />
    </form>
  );
}
