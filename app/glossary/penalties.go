package glossary

// penalties has what keeps the discriminator from becoming too steep or too sure.
var penalties = []Word{
	{
		Term: "Penalty", Also: []string{"Penalties", "gradient penalty", "regularisation"}, Keys: []string{"penalty_every"},
		Text:   "A term of the discriminator's loss that is large where its answer is steep. It keeps the game from swinging.",
		Source: "Mescheder et al. 2018, section 4",
	},
	{
		Term: "R1 penalty", Also: []string{"R1"}, Keys: []string{"r1"},
		Text:    "Keeps the discriminator flat at real items. Near the equilibrium that makes the game settle.",
		Formula: "γ/2 · E[‖∇D(x)‖²]",
		Source:  "Mescheder et al. 2018, section 4.1, equation 9",
	},
	{
		Term: "R2 penalty", Also: []string{"R2"}, Keys: []string{"r2"},
		Text:    "Keeps the discriminator flat at generated items.",
		Formula: "γ/2 · E[‖∇D(G(z))‖²]",
		Source:  "Mescheder et al. 2018, section 4.1, equation 10",
	},
	{
		Term: "WGAN-GP", Keys: []string{"gp"},
		Text:    "Keeps the critic's slope near 1 on the lines between real and generated items.",
		Formula: "λ · E[(‖∇D(x̂)‖ − 1)²],  x̂ = εx + (1 − ε)G(z)",
		Source:  "Gulrajani et al. 2017, section 4, equation 3",
	},
	{
		Term: "DRAGAN", Keys: []string{"dragan"},
		Text:    "Keeps the discriminator's slope near 1 around real items.",
		Formula: "λ · E[(‖∇D(x + δ)‖ − 1)²]",
		Source:  "Kodali et al. 2017",
	},
	{
		Term: "Consistency", Also: []string{"consistency term", "CT-GAN"}, Keys: []string{"consistency"},
		Text:    "The discriminator shall say the same of an item when noise, dropout and augmentation are drawn anew.",
		Formula: "λ · E[(D(x′) − D(x″))²]",
		Source:  "Wei et al. 2018; Zhang et al. 2020 (CR-GAN)",
	},
	{
		Term: "Weight clip", Also: []string{"clipping"}, Keys: []string{"clip"},
		Text:    "Cuts every weight of the critic to a small range after each update: the first, rough way to keep its slope bounded.",
		Formula: "w ← min(c, max(−c, w))",
		Source:  "Arjovsky et al. 2017, algorithm 1",
	},
	{
		Term: "Spectral normalisation", Also: []string{"sn"},
		Text:    "Divides a layer's weights by the largest factor by which it can stretch its input, so that the whole network cannot be steep.",
		Formula: "W / σ(W)",
		Source:  "Miyato et al. 2018, section 2",
	},
	{
		Term: "Weight normalisation", Also: []string{"wn"},
		Text:    "Learns direction and length of each output's weights apart.",
		Formula: "W = g · v/‖v‖",
		Source:  "Salimans and Kingma 2016, section 2",
	},
	{
		Term: "Instance noise", Keys: []string{"instance_noise"},
		Text:   "Noise on all that the discriminator sees. It makes real and generated items overlap at first, and fades over the run.",
		Source: "Sønderby et al. 2017",
	},
	{
		Term: "Augmentation", Also: []string{"DiffAugment", "ADA", "adaptive augmentation", "changed pictures", "augment_p", "Augment"}, Keys: []string{"augment"},
		Text:   "Random changes of all that the discriminator sees, real and generated alike, so that it cannot learn a few pictures by heart. The generator does not learn to make the changes.",
		Source: "Zhao et al. 2020 (DiffAugment); Karras et al. 2020 (ADA)",
	},
}
