export { ClientConsole } from "./frame/ClientConsole";
export { ConsoleNav } from "./frame/ConsoleNav";
export { OrganizationConsole } from "./frame/OrganizationConsole";
