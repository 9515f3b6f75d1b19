export { StorageLine } from "./StorageLine";
export { StorageMeter } from "./StorageMeter";
export { storageKey, useStorage } from "./useStorage";
