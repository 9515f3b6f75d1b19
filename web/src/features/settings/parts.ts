/** The forms of the settings, which other areas with settings use, too. */
export { Group, SettingsForm } from "./Group";
export { useAct } from "./useAct";
