package glossary

// objectives has what the two players can play for.
var objectives = []Word{
	{
		Term: "Objective", Also: []string{"loss function"}, Keys: []string{"objective"},
		Text:   "What the two players play for: a formula for the loss of each.",
		Source: "Lucic et al. 2018, table 1, compares them",
	},
	{
		Term: "Loss", Also: []string{"Losses", "loss_d", "loss_g", "cost"},
		Text: "The number that a player makes small. As the two pull against each other, neither falls steadily: a flat loss can be a good sign, and a low one a bad one.",
	},
	{
		Term: "Minimax", Also: []string{"Minimax (2014)", "saturating"},
		Text:    "The generator makes small what the discriminator makes large. Where the discriminator is sure, its slope is nearly 0, and the generator hardly learns.",
		Formula: "G: min E[log(1 − D(G(z)))]",
		Source:  "Goodfellow et al. 2014, section 3, equation 1",
	},
	{
		Term: "Non-saturating", Also: []string{"Non-saturating objective"},
		Text:    "The generator makes its items likely to be taken for real. The slope is steep just where it loses.",
		Formula: "G: max E[log D(G(z))]",
		Source:  "Goodfellow et al. 2014, end of section 3",
	},
	{
		Term: "Least squares", Also: []string{"LSGAN"},
		Text:    "The discriminator's answers shall be 1 for real and 0 for generated items; what is far off counts by its square.",
		Formula: "D: ½E[(D(x) − 1)²] + ½E[D(G(z))²];  G: ½E[(D(G(z)) − 1)²]",
		Source:  "Mao et al. 2017, section 3.2",
	},
	{
		Term: "Hinge", Also: []string{"hinge loss"},
		Text:    "The discriminator only learns from items that it is not yet sure of.",
		Formula: "D: E[max(0, 1 − D(x))] + E[max(0, 1 + D(G(z)))];  G: −E[D(G(z))]",
		Source:  "Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17",
	},
	{
		Term: "Wasserstein", Also: []string{"WGAN", "earth mover's distance"},
		Text:    "The critic's scores measure how far generated items would have to be moved to become the data. Its slope must be kept bounded, by a penalty or by clipping.",
		Formula: "D: max E[D(x)] − E[D(G(z))],  ‖∇D‖ ≤ 1",
		Source:  "Arjovsky et al. 2017, section 3",
	},
	{
		Term: "Relativistic", Also: []string{"RpGAN", "R3GAN"},
		Text:    "The discriminator says of a pair which one is more real. So no generated item can be ignored, which works against collapse.",
		Formula: "D: min E[s(D(G(z)) − D(x))];  G: min E[s(D(x) − D(G(z)))];  s(t) = log(1 + eᵗ)",
		Source:  "Jolicoeur-Martineau 2019; Huang et al. 2024 (R3GAN), section 2",
	},
	{
		Term: "Feature matching", Also: []string{"Feature match"}, Keys: []string{"feature_matching"},
		Text:    "The generator shall make items for which the discriminator's last layer has the same mean as for real ones.",
		Formula: "‖E[f(x)] − E[f(G(z))]‖²",
		Source:  "Salimans et al. 2016, section 3.1",
	},
	{
		Term: "Label smoothing", Keys: []string{"label_smoothing"},
		Text:    "The target of real items is a little below 1, so that the discriminator is never quite sure and its slope never vanishes.",
		Formula: "target 1 − s in place of 1",
		Source:  "Salimans et al. 2016, section 3.4 (one-sided)",
	},
}
