package glossary

// training has what happens in the course of a run.
var training = []Word{
	{
		Term: "Step", Also: []string{"Steps", "Updates", "iteration"}, Keys: []string{"steps", "d_steps"},
		Text:    "One round of the game: the discriminator is updated once or several times, then the generator once.",
		Formula: "k updates of D, one of G",
		Source:  "Goodfellow et al. 2014, algorithm 1",
	},
	{
		Term: "Batch", Also: []string{"minibatch"}, Keys: []string{"batch"},
		Text: "The items that one update looks at together. A larger one is steadier and slower.",
	},
	{
		Term: "Epoch", Also: []string{"Passes"},
		Text: "Once through all items of the data.",
	},
	{
		Term: "Learning rate", Also: []string{"lr", "Rate of G", "Rate of D", "two time-scales", "TTUR"}, Keys: []string{"lr", "g.lr", "d.lr"},
		Text:    "How far one update goes along the gradient. Too high and training breaks, too low and nothing happens. The two players may have different ones.",
		Formula: "w ← w − rate · gradient",
		Source:  "Heusel et al. 2017 (two time-scales), section 2",
	},
	{
		Term: "Optimiser", Also: []string{"Optimisers", "Adam", "RMSProp", "SGD", "Beta 1", "Beta 2", "Momentum"}, Keys: []string{"optimizer", "beta1", "beta2", "momentum"},
		Text:    "How gradients become updates. Adam remembers a mean of gradients (beta 1) and of their squares (beta 2), and gives each weight a step of its own.",
		Formula: "w ← w − rate · m̂ / (√v̂ + ε)",
		Source:  "Kingma and Ba 2015, algorithm 1",
	},
	{
		Term: "Rate decay", Also: []string{"Decay of rate", "Final share", "schedule", "cosine"}, Keys: []string{"lr_decay", "lr_final"},
		Text: "The learning rate falls over the run, so that the last steps refine what was found.",
	},
	{
		Term: "Initial weights", Also: []string{"initialisation", "Kaiming", "Xavier", "Orthogonal"}, Keys: []string{"init"},
		Text:   "How the weights are drawn before the first step.",
		Source: "Glorot and Bengio 2010; Saxe et al. 2014; He et al. 2015; Radford et al. 2016, section 4",
	},
	{
		Term: "Averaged weights", Also: []string{"EMA", "EMA decay", "EMA warm-up", "exponential moving average"}, Keys: []string{"ema", "ema_warmup"},
		Text:    "A mean of the generator's weights over the last steps. It does not swing with the game and usually draws better than the one that plays.",
		Formula: "w̄ ← β · w̄ + (1 − β) · w",
		Source:  "Yazıcı et al. 2019; Karras et al. 2018, appendix A",
	},
	{
		Term: "Unrolled steps", Also: []string{"unrolling"}, Keys: []string{"unroll"},
		Text:   "The generator learns against what the discriminator will be after a few more updates, and so does not run after one that soon answers.",
		Source: "Metz et al. 2017, section 2",
	},
	{
		Term: "Top-k", Also: []string{"Top-k share"}, Keys: []string{"topk"},
		Text:   "The generator learns only from those of its items that look most real to the discriminator.",
		Source: "Sinha et al. 2020, section 3",
	},
	{
		Term: "Balance", Also: []string{"D is right", "accuracy"}, Keys: []string{"balance"},
		Text: "How often the discriminator is right. The player who wins gets fewer updates, so that neither leaves the other behind.",
	},
	{
		Term: "Packing", Also: []string{"Packed items", "PacGAN", "collapse, cure of"}, Keys: []string{"pack"},
		Text:    "The discriminator sees several items at once, all real or all generated. That some are alike then gives the generator away, which works against collapse.",
		Formula: "D(x₁, …, x_m)",
		Source:  "Lin et al. 2018 (PacGAN), section 3",
	},
	{
		Term: "Transfer", Also: []string{"fine-tuning", "Start from", "Frozen in D", "FreezeD"}, Keys: []string{"from", "freeze_d"},
		Text:   "A run starts with the weights of another. With few pictures the first layers of the discriminator may stay as they are.",
		Source: "Mo et al. 2020 (FreezeD)",
	},
	{
		Term: "Seed", Keys: []string{"seed"},
		Text: "The start of all random numbers. The same seed gives the same run and the same picture, bit for bit.",
	},
	{
		Term: "Held-out items", Also: []string{"Held out", "validation", "test items"}, Keys: []string{"held_out"},
		Text: "Real items that training never sees, so that judging is fair.",
	},
	{
		Term: "Checkpoint", Also: []string{"saved step"},
		Text: "A state of the run that was saved: weights, and what training needs to go on from there.",
	},
	{
		Term: "Recipe",
		Text: "All settings of a run: data, networks, objective, optimisers. The same recipe and seed give the same run.",
	},
}
