/** What stands where a name would, of somebody without any that is in use: an old one is not said in its place. */
export const noCurrentName = 'No current name in the record';
