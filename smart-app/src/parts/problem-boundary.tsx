import { Component, type ReactNode } from 'react';
import { ProblemPage } from './problem-page.tsx';

interface ProblemBoundaryProps {
  readonly children: ReactNode;
}

/**
 * Stands round a view: what cannot be drawn, as an answer that lacks what the page shows, becomes a problem page in its
 * place instead of an empty window. React has this for classes only.
 */
export class ProblemBoundary extends Component<ProblemBoundaryProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return <ProblemPage code="unexpected-answer" onRetry={() => this.setState({ broken: false })} />;
  }
}
