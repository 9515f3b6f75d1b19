// Package baseline keeps what a provider wants the policies and settings of its
// clients to be: named baselines, which clients they govern, how far each client
// has drifted, and what its owners decided to do otherwise. It owns the tables
// baselines, baseline_policies, baseline_clients, baseline_tags and
// baseline_deviations.
//
//	client's own baseline ──▶ governs
//	none of its own ──▶ of those of its tags, the one that stands first governs
//
// A baseline changes nothing by itself. Applying it saves each policy and setting
// as any administrator would, through packages policy and tenant, which decide
// what is allowed and do what follows.
package baseline
