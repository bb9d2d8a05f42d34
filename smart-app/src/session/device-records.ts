/** A sealed draft as it lies on the device: nothing in the open but whose, whose tab's, and how old it is. */
export interface DeviceRecord {
  readonly id: string;
  /** Who wrote it, by a name that only who signs in as them can work out. */
  readonly owner: string;
  readonly tab: string;
  /** When it was written, by this device's clock. */
  readonly at: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

export interface DeviceRecords {
  all(): Promise<readonly DeviceRecord[]>;
  /** Puts and deletes, all or nothing; resolves when it is done. */
  write(changes: { readonly put: readonly DeviceRecord[]; readonly remove: readonly string[] }): Promise<void>;
  /** This device's half of the key, made when there is none. */
  half(): Promise<string>;
}

const databaseName = 'intersession';
const drafts = 'drafts';
const halves = 'halves';
/** Some browsers never answer in some frames. */
const openWithinMs = 3_000;

/** The device's own storage; undefined where the browser has none, here or at all. */
export async function openDeviceRecords(makeHalf: () => string): Promise<DeviceRecords | undefined> {
  const database = await open();
  if (database === undefined) return undefined;
  // another tab that signs out deletes it all, and must not wait for this one
  database.onversionchange = () => database.close();
  const records: DeviceRecords = {
    async all() {
      return await done<DeviceRecord[]>(database.transaction(drafts).objectStore(drafts).getAll());
    },
    async write({ put, remove }) {
      const transaction = database.transaction(drafts, 'readwrite');
      const store = transaction.objectStore(drafts);
      for (const record of put) store.put(record);
      for (const id of remove) store.delete(id);
      await committed(transaction);
    },
    async half() {
      const transaction = database.transaction(halves, 'readwrite');
      const store = transaction.objectStore(halves);
      const known: unknown = await done(store.get('half'));
      if (typeof known === 'string') return known;
      const made = makeHalf();
      store.put(made, 'half');
      await committed(transaction);
      return made;
    },
  };
  return records;
}

/** Deletes all of it, whoever wrote it, with this device's half of the key. */
export async function deleteDeviceRecords(): Promise<void> {
  await within(
    new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(databaseName);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error);
    }),
  );
}

async function open(): Promise<IDBDatabase | undefined> {
  if (typeof indexedDB === 'undefined') return undefined;
  try {
    return await within(
      new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(databaseName, 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore(drafts, { keyPath: 'id' });
          request.result.createObjectStore(halves);
        };
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
        request.onblocked = () => reject(new Error('blocked'));
      }),
    );
  } catch {
    // blocked in this frame, in this mode of the browser, or by its owner
    return undefined;
  }
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return within(
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }),
  );
}

/** A write stands only when its transaction is complete. */
function committed(transaction: IDBTransaction): Promise<void> {
  return within(
    new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    }),
  );
}

async function within<Value>(what: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), openWithinMs);
  });
  try {
    return await Promise.race([what, late]);
  } finally {
    clearTimeout(timer);
  }
}
