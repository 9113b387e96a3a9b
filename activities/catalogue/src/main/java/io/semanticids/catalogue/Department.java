package io.semanticids.catalogue;

import java.util.List;

/**
 * Words for the products of one department of the sample catalogue.
 *
 * @param name the department
 * @param products what is sold
 * @param materials what it is made of
 * @param traits what is said in its praise
 * @param uses what it is for
 */
record Department(
    String name,
    List<String> products,
    List<String> materials,
    List<String> traits,
    List<String> uses) {

  /** All departments, the largest first. */
  static final List<Department> ALL =
      List.of(
          department(
              "Kitchen",
              "frying pan, saucepan, chef's knife, cutting board, mixing bowl, kettle, baking tin, colander, pepper mill, storage jar, ladle, casserole",
              "stainless steel, cast iron, beech wood, borosilicate glass, enamelled steel, bamboo, stoneware",
              "heats evenly, goes into the dishwasher, stays sharp for long, has a handle that keeps cool, stacks to save room, has a lid that seals well",
              "weekday suppers, slow stews, Sunday baking, small kitchens, large families, students' first flats"),
          department(
              "Office",
              "stapler, desk lamp, ring binder, fountain pen, notebook, paper shredder, whiteboard, desk organiser, label printer, filing tray, letter opener, wall calendar",
              "recycled paper, brushed aluminium, walnut, felt, tough plastic, powder-coated steel",
              "lies flat when open, never jams, writes without smearing, keeps papers in order, dims in five steps, needs no tools to put together",
              "home offices, busy front desks, long meetings, exam weeks, tidy shelves, left-handed writers"),
          department(
              "Garden",
              "pruning shears, watering can, plant pot, garden hose, hand trowel, bird feeder, compost bin, rake, garden bench, seed tray, lantern",
              "galvanised steel, terracotta, ash wood, rubber, weatherproof wicker, carbon steel",
              "stands frost and rain, cuts cleanly, pours without dripping, sits well in the hand, folds flat for winter, keeps its colour in the sun",
              "balconies, vegetable beds, rose hedges, small courtyards, allotments, autumn leaves"),
          department(
              "Outdoor",
              "backpack, sleeping bag, head torch, water bottle, two-person tent, trekking pole, camping stove, rain jacket, hammock, dry bag, folding chair",
              "ripstop nylon, merino wool, anodised aluminium, titanium, waxed cotton, recycled polyester",
              "packs down to the size of a loaf, keeps out wind and rain, weighs next to nothing, dries overnight, shines for forty hours, has seams that are taped",
              "weekend hikes, canoe trips, alpine huts, festival fields, long-distance trails, scout camps"),
          department(
              "Toys",
              "building blocks, jigsaw puzzle, wooden train, plush bear, board game, kite, marble run, doll's house, spinning top, modelling clay",
              "maple wood, organic cotton, sturdy cardboard, water-based paint, soft plush",
              "has rounded edges, trains small fingers, fits in a travel bag, comes with a picture guide, can be washed at forty degrees, grows with the child",
              "rainy afternoons, birthday parties, playgroups, long car rides, curious toddlers, family evenings"),
          department(
              "Sound",
              "headphones, portable speaker, turntable, microphone, studio monitor, guitar cable, metronome, earbuds, audio interface, music stand",
              "memory foam, birch plywood, oxygen-free copper, machined aluminium, woven nylon",
              "plays for twenty hours, shuts out noise, has a warm and open sound, pairs in seconds, folds into its case, keeps steady time",
              "commutes, home recording, small rooms, choir practice, podcasts, late-night listening"),
          department(
              "Bedding",
              "duvet, pillow, fitted sheet, mattress topper, throw blanket, bedspread, pillowcase, bolster",
              "washed linen, goose down, percale cotton, latex, bamboo fibre, fleece",
              "breathes in summer, stays warm without weight, keeps its shape, is kind to the skin, fits mattresses up to thirty centimetres, softens with each wash",
              "side sleepers, guest rooms, hot nights, allergy sufferers, attic bedrooms, cots"),
          department(
              "Tools",
              "cordless drill, claw hammer, spirit level, screwdriver set, toolbox, hand saw, tape measure, clamp, sanding block, socket set",
              "forged steel, chrome vanadium, glass fibre, hardwood, impact-proof plastic",
              "holds its edge, has a grip that does not slip, reads to the millimetre, comes with spare bits, takes rough handling, locks with one hand",
              "flat-pack furniture, loft conversions, fence repairs, apprentices, narrow corners, hobby workshops"),
          department(
              "Pets",
              "dog lead, cat tree, food bowl, aquarium filter, scratching post, dog bed, bird cage, grooming brush",
              "sisal, full-grain leather, stainless steel, soft fleece, food-safe silicone",
              "wipes clean, stands firmly, is gentle on paws, muffles noise, unzips for washing, outlasts sharp teeth",
              "puppies, elderly cats, muddy walks, shy rescue animals, small flats, two cats at once"),
          department(
              "Bath",
              "bath towel, shower curtain, soap dispenser, bath mat, toothbrush holder, laundry basket, shaving mirror",
              "terry cotton, diatomite, frosted glass, teak, ribbed cotton",
              "dries within minutes, absorbs a great deal, keeps clear of mould, does not slip, holds a full week's washing",
              "shared bathrooms, narrow shelves, morning rushes, saunas, holiday lets"));

  Department {
    products = List.copyOf(products);
    materials = List.copyOf(materials);
    traits = List.copyOf(traits);
    uses = List.copyOf(uses);
  }

  private static Department department(
      String name, String products, String materials, String traits, String uses) {
    return new Department(name, split(products), split(materials), split(traits), split(uses));
  }

  private static List<String> split(String words) {
    return List.of(words.split(", ", -1));
  }
}
