import { Form, type FormProps } from './form.tsx';
import { Sheet } from './sheet.tsx';

interface FormSheetProps extends Omit<FormProps, 'onCancel'> {
  readonly title: string;
  readonly wide?: boolean;
  /** It is closed without being sent. */
  readonly onClose: () => void;
  /** What else goes with *Cancel*: a form that is kept while it is written is forgotten then, and not when it is only closed. */
  readonly forget?: () => void;
}

/** A form that is the whole of a dialog. */
export function FormSheet({ title, wide = false, onClose, forget, ...form }: FormSheetProps) {
  return (
    <Sheet title={title} onClose={onClose} wide={wide}>
      <Form
        {...form}
        onCancel={() => {
          forget?.();
          onClose();
        }}
      />
    </Sheet>
  );
}
