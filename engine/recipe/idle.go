package recipe

import "slices"

// off are the values with which settings do nothing, but for those that everybody chooses.
var off = map[string]string{
	"d_steps": "1", "balance": "0", "unroll": "0", "topk": "1", "feature_matching": "0", "label_smoothing": "0",
	"semi_supervised": "false", "labelled": "0", "generators": "1", "discriminators": "1", "gman": "mean",
	"r1": "0", "r2": "0", "gp": "0", "dragan": "0", "consistency": "0", "clip": "0", "penalty_every": "1",
	"pack": "1", "instance_noise": "0", "from": "", "freeze_d": "0", "ema_warmup": "0",
}

// usual are the settings that an objective is usually played with.
var usual = map[string][]string{
	"minimax":       {"d_steps"},               // Goodfellow et al. 2014, algorithm 1
	"nonsaturating": {"r1", "label_smoothing"}, // Salimans et al. 2016; Mescheder et al. 2018
	"leastsquares":  {"r1"},                    // the same
	"hinge":         {"d_steps", "r1"},         // Miyato et al. 2018
	"wasserstein":   {"d_steps", "gp"},         // Gulrajani et al. 2017
	"relativistic":  {"r1", "r2"},              // Huang et al. 2024
}

// Idle tells whether the setting called key is off, and not one that the objective is usually
// played with: what a screen need not show at first. A key of both players is never idle.
func (r *Recipe) Idle(key string) bool {
	value, ok := off[key]
	if !ok || slices.Contains(usual[r.Objective], key) {
		return false
	}
	then := r.Clone()
	if err := then.Set(key, value); err != nil {
		return false
	}
	now, errNow := r.Get(key)
	turnedOff, errOff := then.Get(key)
	return errNow == nil && errOff == nil && now == turnedOff
}

// Off tells whether value, as Get gives it, is the one with which the setting called key does
// nothing.
func Off(key, value string) bool {
	none, ok := off[key]
	if !ok {
		return false
	}
	r := Default()
	if err := r.Set(key, none); err != nil {
		return false
	}
	turnedOff, err := r.Get(key)
	return err == nil && value == turnedOff
}
