import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { FrontPage } from './front-page.tsx';
import './style.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <FrontPage />
  </StrictMode>,
);
