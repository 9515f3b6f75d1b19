/** One's own membership in an organization: account recovery, leaving. */
export { LeaveDialog } from "./LeaveDialog";
export { OrganizationMenu } from "./OrganizationMenu";
export { RecoverySection } from "./RecoverySection";
export { RulesBar } from "./RulesBar";
export { useFingerprints } from "./useFingerprints";
