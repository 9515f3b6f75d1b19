export { DeviceNotice } from "./DeviceNotice";
export { RequestsSection } from "./RequestsSection";
