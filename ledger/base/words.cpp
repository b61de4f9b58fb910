#include "ledger/base/words.hpp"

#include <algorithm>
#include <array>

namespace assay {
namespace {

/// In alphabetical order, so that a word is found by binary search.
constexpr std::array<std::string_view, 256> kWords = {
    "acorn",   "actor",    "alarm",   "album",    "almond",  "alpine",   "amber",   "anchor",
    "angle",   "ankle",    "antler",  "apple",    "apron",   "arcade",   "arrow",   "atlas",
    "autumn",  "avenue",   "badge",   "bagel",    "bakery",  "balcony",  "bamboo",  "banjo",
    "barley",  "basil",    "beacon",  "beaver",   "belfry",  "bench",    "berry",   "bicycle",
    "birch",   "biscuit",  "blanket", "blossom",  "bonnet",  "border",   "bottle",  "branch",
    "bread",   "bridge",   "bronze",  "bucket",   "button",  "cabin",    "cactus",  "camera",
    "candle",  "canoe",    "canyon",  "carbon",   "carpet",  "castle",   "cedar",   "cellar",
    "chalk",   "chapel",   "cherry",  "chimney",  "cider",   "cinema",   "circle",  "citrus",
    "clover",  "cobalt",   "coffee",  "comet",    "copper",  "coral",    "cotton",  "cradle",
    "crane",   "crystal",  "cushion", "daisy",    "dancer",  "deer",     "delta",   "denim",
    "desert",  "diamond",  "dinner",  "dolphin",  "donkey",  "dragon",   "drawer",  "drum",
    "eagle",   "easel",    "echo",    "eclipse",  "elbow",   "elder",    "engine",  "envelope",
    "estate",  "fabric",   "falcon",  "farmer",   "feather", "fennel",   "ferry",   "fiddle",
    "finch",   "flannel",  "flute",   "forest",   "fossil",  "fountain", "funnel",  "gallery",
    "garden",  "garlic",   "ginger",  "giraffe",  "glacier", "globe",    "goblet",  "golden",
    "granite", "grape",    "gravel",  "guitar",   "hammer",  "harbour",  "hazel",   "hedge",
    "helmet",  "heron",    "hickory", "hollow",   "honey",   "horizon",  "hotel",   "hunter",
    "icicle",  "igloo",    "indigo",  "iris",     "island",  "ivory",    "jacket",  "jaguar",
    "jasmine", "jelly",    "jigsaw",  "jungle",   "juniper", "kayak",    "kettle",  "kitchen",
    "kiwi",    "ladder",   "lagoon",  "lantern",  "laurel",  "leather",  "lemon",   "library",
    "lilac",   "linen",    "lizard",  "lobster",  "locket",  "lotus",    "lumber",  "magnet",
    "mallet",  "mango",    "maple",   "marble",   "meadow",  "melon",    "mercury", "meteor",
    "mirror",  "mitten",   "mosaic",  "mountain", "museum",  "mustard",  "napkin",  "nectar",
    "needle",  "nickel",   "nutmeg",  "oasis",    "oatmeal", "ocean",    "octave",  "olive",
    "onion",   "opal",     "orbit",   "orchard",  "otter",   "oyster",   "paddle",  "palace",
    "panther", "parrot",   "peach",   "pebble",   "pelican", "pencil",   "pepper",  "piano",
    "pigeon",  "pillow",   "pirate",  "planet",   "plum",    "pocket",   "poplar",  "potato",
    "prairie", "pumpkin",  "puzzle",  "quarry",   "quilt",   "quiver",   "rabbit",  "radish",
    "rainbow", "raven",    "ribbon",  "river",    "robin",   "rocket",   "rudder",  "saddle",
    "salmon",  "sandal",   "satchel", "scarf",    "silver",  "summit",   "sunset",  "tavern",
    "teapot",  "thistle",  "thunder", "ticket",   "timber",  "tractor",  "trumpet", "tulip",
    "turnip",  "umbrella", "valley",  "velvet",   "violin",  "walnut",   "willow",  "window"};

/// As many letters as tell two words of the list apart.
constexpr std::size_t kTellingLetters = 4;

constexpr bool differ_in_telling_letters() {
  for (std::size_t i = 1; i < kWords.size(); ++i) {
    if (!(kWords[i - 1].substr(0, kTellingLetters) < kWords[i].substr(0, kTellingLetters))) {
      return false;
    }
  }
  return true;
}
static_assert(differ_in_telling_letters());

constexpr std::string_view kSeparators = " \t\r\n,-";

Result<char> byte_of(const std::string& word) {
  const auto at =
      std::ranges::lower_bound(kWords, std::string_view(word).substr(0, kTellingLetters));
  if (at == kWords.end() || word.size() < kTellingLetters || !at->starts_with(word)) {
    return fail(Errc::malformed, "\"" + word + "\" is not one of the words that stand for a hash");
  }
  return static_cast<char>(at - kWords.begin());
}

}  // namespace

std::span<const std::string_view, 256> byte_words() noexcept { return kWords; }

std::string words_of(const Hash& hash) {
  std::string text;
  for (std::size_t i = 0; i < kLogWords; ++i) {
    if (i > 0) text += ' ';
    text += kWords[hash.bytes[i]];
  }
  return text;
}

Result<std::string> parse_words(std::string_view text) {
  std::string bytes;
  while (true) {
    const std::size_t from = text.find_first_not_of(kSeparators);
    if (from == std::string_view::npos) break;
    text.remove_prefix(from);
    std::string word(text.substr(0, text.find_first_of(kSeparators)));
    text.remove_prefix(word.size());
    for (char& c : word) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    ASSAY_TRY(const char byte, byte_of(word));
    bytes.push_back(byte);
  }
  if (bytes.size() != kLogWords) {
    return fail(Errc::malformed,
                "a log is named by 12 words; these are " + std::to_string(bytes.size()));
  }
  return bytes;
}

}  // namespace assay
