export function neededNode(): number[];
export function nodeFits(version?: string, needed?: readonly number[]): boolean;
