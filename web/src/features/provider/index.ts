export { PortalNav } from "./frame/PortalNav";
export { ProviderPortal } from "./frame/ProviderPortal";
export { ProvidersPage } from "./frame/ProvidersPage";
