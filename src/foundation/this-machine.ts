const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a URL's host, or an address to listen on, is this machine and no other. */
export function isThisMachine(host: string): boolean {
  return loopback.test(host) || host === '::1';
}

/** Whether what is sent to a URL can be read on the way by nobody: https, or http that does not leave this machine. */
export function isConfidential({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(hostname));
}
