package glossary

// troubles has what the doctor finds.
var troubles = []Word{
	{
		Term: "Doctor", Also: []string{"The doctor", "checkup", "checkups"},
		Text: "Watches the run, says what goes wrong and how it knows, and offers what usually helps.",
	},
	{
		Term: "Mode collapse", Also: []string{"Partial collapse", "collapse"},
		Text:   "The generator makes only a few kinds of items, however different the latents are: what fools the discriminator just now.",
		Source: "Goodfellow 2016, section 5.1.1; Metz et al. 2017, section 3.1",
	},
	{
		Term: "Oscillation", Also: []string{"circling", "cycles"},
		Text:   "The two players run around the equilibrium and do not come nearer.",
		Source: "Mescheder et al. 2018, section 2",
	},
	{
		Term: "Divergence", Also: []string{"Numbers overflowed", "NaN", "overflow"},
		Text: "Losses or weights grow without end, until numbers overflow.",
	},
	{
		Term: "Vanishing gradients", Also: []string{"D too strong", "saturation"},
		Text:   "The discriminator is so sure that its answer no longer changes with the item. The generator then has no slope to follow.",
		Source: "Arjovsky and Bottou 2017, section 2",
	},
	{
		Term: "D too weak",
		Text: "The discriminator does not tell real from generated, so that its slope teaches nothing.",
	},
	{
		Term: "Dead units",
		Text: "Units that give 0 for every item. They have no gradient and do not come back.",
	},
	{
		Term: "Learning rate too high", Also: []string{"Learning rate too low"},
		Text: "Too high: the loss jumps and gradients have peaks. Too low: nothing changes for long.",
	},
	{
		Term: "Over-fitting", Also: []string{"Too few data", "memorising"},
		Text:   "The discriminator has learnt the real items by heart: it knows those of training and is unsure of held-out ones.",
		Source: "Karras et al. 2020 (ADA), section 2",
	},
	{
		Term: "Plateau",
		Text: "Samples have not come nearer to the data for a long time.",
	},
}
