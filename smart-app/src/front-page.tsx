import { useEffect, useState } from 'react';

type Readiness = 'asking' | 'ready' | 'not-ready' | 'no-answer';

const words: Record<Readiness, string> = {
  asking: 'Asking the service …',
  ready: 'The service is running and its record answers.',
  'not-ready': 'The service is running, but it is not ready yet: its record does not answer. Try again in a moment.',
  'no-answer': 'The service does not answer. Check that it is running, then reload this page.',
};

/** What somebody sees who opens the service's address without a launch from an EHR: what this is, and where to go. */
export default function FrontPage() {
  const [readiness, setReadiness] = useState<Readiness>('asking');
  useEffect(() => {
    const leaving = new AbortController();
    fetch('/ready', { signal: leaving.signal }).then(
      (response) => setReadiness(response.ok ? 'ready' : 'not-ready'),
      () => {
        if (!leaving.signal.aborted) setReadiness('no-answer');
      },
    );
    return () => leaving.abort();
  }, []);
  return (
    <main className="narrow front-page">
      <h1>Intersession</h1>
      <p className="lead">Therapy homework in the hospital record.</p>
      <p>
        What patients practise between sessions stands here as a plan with its steps, and reaches the hospital’s own
        record in the best form that record accepts.
      </p>
      <p role="status" className={`state ${readiness}`}>
        {words[readiness]}
      </p>
      <h2>Where to go</h2>
      <ul>
        <li>Clinicians, coordinators and patients: open Intersession from the patient’s chart in your EHR.</li>
        <li>Who looks after the connection: open Intersession from your EHR, without a patient.</li>
        <li>
          Systems that send homework: the API is described at <a href="/openapi.json">openapi.json</a>.
        </li>
        <li>Systems that read homework: each connected EHR has a FHIR R4 endpoint, /fhir/ followed by its name.</li>
      </ul>
    </main>
  );
}
