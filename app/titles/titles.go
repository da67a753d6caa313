// Package titles has what the window calls the settings of a recipe, their values, presets and
// layers, which the engine calls by the names that recipes and the command line use.
package titles

import (
	"slices"
	"strings"

	"ganvas/app/glossary"
	"ganvas/app/words"
	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
)

// titles are what the window calls the recipe's keys, where their own names are not words.
var titles = map[string]string{
	"batch": "Batch", "steps": "Steps", "latent": "Latent size", "latent_kind": "Latent kind", "seed": "Seed", "ema": "EMA decay",
	"objective": "Objective", "d_steps": "D steps per G", "dragan": "DRAGAN", "consistency": "Consistency",
	"balance": "Balance", "unroll": "Unrolled steps", "topk": "Top-k share", "feature_matching": "Feature match", "ema_warmup": "EMA warm-up",
	"pack": "Packed items", "augment": "Augment", "label_smoothing": "Label smoothing", "instance_noise": "Instance noise",
	"r1": "R1 penalty", "r2": "R2 penalty", "gp": "WGAN-GP",
	"clip": "Weight clip", "penalty_every": "Penalty every", "init": "Initial weights", "optimizer": "Optimiser", "lr": "Learning rate",
	"beta1": "Beta 1", "beta2": "Beta 2", "momentum": "Momentum", "lr_decay": "Decay of rate", "lr_final": "Final share",
	"conditional": "Conditional", "semi_supervised": "Semi-supervised", "labelled": "Known labels", "generators": "Generators",
	"discriminators": "Discriminators", "gman": "Several D",
	"image_size": "Size", "cell": "Cells", "held_out": "Held out", "leave_out": "Left out", "drawn": "Drawn points",
	"from": "Start from", "freeze_d": "Frozen in D",
	"g.lr": "Rate of G", "d.lr": "Rate of D",
}

// choiceTitles are what the window calls the values of keys with choices.
var choiceTitles = map[string]string{
	"minimax": "Minimax (2014)", "nonsaturating": "Non-saturating", "leastsquares": "Least squares", "hinge": "Hinge",
	"wasserstein": "Wasserstein", "relativistic": "Relativistic", "gaussian": "Gaussian", "uniform": "Uniform",
	"color": "Colour", "translation": "Translation", "cutout": "Cutout", "color,translation": "Colour, translation", "color,cutout": "Colour, cutout",
	"translation,cutout": "Translation, cutout", "color,translation,cutout": "All three", "adaptive": "Adaptive",
	"concat": "Joined to the input", "projection": "Projection", "classifier": "Classifier (AC-GAN)", "mean": "Mean", "softmax": "Softmax",
	"dcgan": "DCGAN", "kaiming": "Kaiming", "xavier": "Xavier", "orthogonal": "Orthogonal", "zero-last": "Zero last",
	"sgd": "SGD", "rmsprop": "RMSProp", "adam": "Adam", "none": "None", "linear": "Linear", "cosine": "Cosine", "exponential": "Exponential",
}

// Choice is what the window calls a value of a key with choices.
func Choice(value string) string {
	if t, ok := choiceTitles[value]; ok {
		return t
	}
	return value
}

// Key is what the window calls a key, also one of a player's.
func Key(key string) string {
	if t, ok := titles[key]; ok {
		return t
	}
	if _, name, ok := strings.Cut(key, "."); ok {
		return Key(name)
	}
	return strings.ReplaceAll(key, "_", " ")
}

// Whose is Key with the player whose key it is.
func Whose(key string) string {
	title := words.Sentence(Key(key))
	if player, name, ok := strings.Cut(key, "."); ok && title == words.Sentence(Key(name)) {
		title += " of " + strings.ToUpper(player)
	}
	return title
}

// Value is what the window calls a value; long ones are cut.
func Value(value string) string {
	switch value {
	case "":
		return "nothing"
	case "true":
		return "yes"
	case "false":
		return "no"
	}
	return words.Shortened(Choice(value))
}

// IsLive tells whether a key of the recipe may change while a run goes on.
func IsLive(key string) bool {
	return slices.ContainsFunc(Keys, func(k recipe.KeyInfo) bool { return k.Name == key && k.Live })
}

// Keys are the keys of a recipe.
var Keys = recipe.Keys()

// Tip returns what a key of the recipe means, and what is behind it.
func Tip(key string) string {
	for _, k := range Keys {
		if k.Name == key {
			return k.Tooltip + Behind(key)
		}
	}
	panic("titles: the recipe has no key " + key)
}

// Behind returns the lines below a key's sentence: the formula and the source of the word that
// explains it, each with a line break before it.
func Behind(key string) string {
	w, ok := glossary.OfKey(key)
	if !ok {
		return ""
	}
	var lines strings.Builder
	for _, line := range []string{w.Formula, w.Source} {
		if line != "" {
			lines.WriteString("\n" + line)
		}
	}
	return lines.String()
}

// Changes lists changes: "Rate of G 1e-4, Rate of D 1e-4".
func Changes(changes []doctor.Change) string {
	var parts []string
	for _, c := range changes {
		parts = append(parts, Change(c.Key, c.Value))
	}
	return strings.Join(parts, ", ")
}
