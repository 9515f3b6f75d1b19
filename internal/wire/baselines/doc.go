// Package baselines owns what the surfaces for providers, for their clients and
// for programs say about baselines, so that all of them say it alike. What it
// means is in package baseline.
package baselines
